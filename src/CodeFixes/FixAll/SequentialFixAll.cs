using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Trials;

namespace MmLock.CodeFixes.FixAll;

/// <summary>
/// Repairs one finding after another, each in the text that the one before left, and asks the analyzers again in between.
/// Repairs of locks meet all the time: two statements under one lock, two attributes on one method. Merged afterwards they
/// would conflict, or take one lock twice.
/// </summary>
/// <remarks>
/// Without a key every finding gets the first action that there is for it: <c>dotnet format</c> asks so when the finding
/// that it meets first has none.
/// </remarks>
internal sealed class SequentialFixAll : FixAllProvider
{
    /// <summary>A repair may uncover findings that were not there, at the callers for one; this ends the worst.</summary>
    private const int MostRoundsADocument = 1000;

    public static SequentialFixAll Instance { get; } = new();

    public override Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        var title = "Repair all " + string.Join(", ", context.DiagnosticIds.OrderBy(static id => id, System.StringComparer.Ordinal));
        return Task.FromResult<CodeAction?>(
            CodeAction.Create(title, cancellation => Fix(context, cancellation), context.CodeActionEquivalenceKey));
    }

    private static async Task<Solution> Fix(FixAllContext context, CancellationToken cancellation)
    {
        var solution = context.Solution;
        if (context.CodeFixProvider is not LockCodeFix fix)
            return solution;
        foreach (var (document, findings) in await Gather(context).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            solution = await FixLive(solution, document, fix, context, cancellation).ConfigureAwait(false);
            solution = await FixGiven(solution, document, fix, context, findings, cancellation).ConfigureAwait(false);
        }

        return solution;
    }

    private static async Task<IEnumerable<(DocumentId Document, ImmutableArray<Diagnostic> Findings)>> Gather(FixAllContext context)
    {
        var all = new List<(Document Document, Diagnostic Finding)>();
        if (context.Scope == FixAllScope.Document)
        {
            if (context.Document is { } document)
                all.AddRange((await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)).Select(d => (document, d)));
        }
        else
        {
            var projects = context.Scope == FixAllScope.Project ? [context.Project] : context.Solution.Projects;
            foreach (var project in projects.Where(project => project.Language == context.Project.Language))
            {
                foreach (var finding in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
                {
                    if (context.Solution.GetDocument(finding.Location.SourceTree) is { } document)
                        all.Add((document, finding));
                }
            }
        }

        return all.GroupBy(static one => one.Document.Id)
            .OrderBy(group => group.First().Document.FilePath ?? group.First().Document.Name, System.StringComparer.Ordinal)
            .Select(static group => (group.Key, group.Select(static one => one.Finding)
                .OrderBy(static finding => finding.Location.SourceSpan.Start).ToImmutableArray()));
    }

    /// <summary>What the analyzers say while typing: asked again after every repair.</summary>
    private static async Task<Solution> FixLive(
        Solution solution, DocumentId id, LockCodeFix fix, FixAllContext context, CancellationToken cancellation)
    {
        // Findings before this one have no repair; those that one makes come after them, or are found by the next round.
        var hopeless = 0;
        for (var round = 0; round < MostRoundsADocument; round++)
        {
            if (solution.GetDocument(id) is not { } document
                || await Findings.Of(document, cancellation).ConfigureAwait(false) is not { } current)
            {
                return solution;
            }

            var wanted = current.Ours.Where(finding => context.DiagnosticIds.Contains(finding.Id)).ToImmutableArray();
            var changed = solution;
            for (; hopeless < wanted.Length && changed == solution; hopeless++)
                changed = await FixOne(document, wanted[hopeless], fix, context, cancellation).ConfigureAwait(false) ?? solution;
            if (changed == solution)
                return solution;
            hopeless--;
            solution = changed;
        }

        return solution;
    }

    /// <summary>What only the whole compilation shows: taken from the host, and carried along as the text changes.</summary>
    private static async Task<Solution> FixGiven(
        Solution solution, DocumentId id, LockCodeFix fix, FixAllContext context, ImmutableArray<Diagnostic> findings,
        CancellationToken cancellation)
    {
        if (context.Solution.GetDocument(id) is not { } original
            || await Findings.Of(original, cancellation).ConfigureAwait(false) is not { } live)
        {
            return solution;
        }

        var before = await original.GetTextAsync(cancellation).ConfigureAwait(false);
        foreach (var finding in findings)
        {
            var span = finding.Location.SourceSpan;
            if (live.Ours.Any(known => known.Id == finding.Id && known.Location.SourceSpan == span)
                || solution.GetDocument(id) is not { } document
                || await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false) is not { } tree)
            {
                continue;
            }

            var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
            var start = Positions.After(text.GetTextChanges(before), span.Start);
            var moved = Diagnostic.Create(
                finding.Descriptor, Location.Create(tree, new TextSpan(start, span.Length)), finding.AdditionalLocations, finding.Properties);
            solution = await FixOne(document, moved, fix, context, cancellation).ConfigureAwait(false) ?? solution;
        }

        return solution;
    }

    private static async Task<Solution?> FixOne(
        Document document, Diagnostic finding, LockCodeFix fix, FixAllContext context, CancellationToken cancellation)
    {
        var actions = await fix.ActionsAsync(document, finding, context.CodeActionEquivalenceKey, cancellation).ConfigureAwait(false);
        if (actions.Count == 0)
            return null;
        var operations = await actions[0].GetOperationsAsync(cancellation).ConfigureAwait(false);
        return operations.OfType<ApplyChangesOperation>().FirstOrDefault()?.ChangedSolution;
    }
}
