using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmLock.Verification;

/// <summary>A finding in a document, and what the fix offers for it.</summary>
internal sealed record Offer(Document Document, Diagnostic Diagnostic, ImmutableArray<CodeAction> Actions);

/// <summary>Asks the fix, on one solution after another, what it offers, and applies it.</summary>
internal sealed class FixSession(LockFixVerifier settings)
{
    /// <summary>Every finding that the fix says it can fix, with what it offers for it, in the order of the text.</summary>
    public async Task<ImmutableArray<Offer>> OffersAsync(Solution solution)
    {
        var offers = ImmutableArray.CreateBuilder<Offer>();
        foreach (var (document, diagnostic) in await FixableAsync(solution))
            offers.Add(new Offer(document, diagnostic, await ActionsAsync(document, diagnostic, CancellationToken.None)));
        return offers.ToImmutable();
    }

    /// <summary>The action that the test is about, if it is among those offered.</summary>
    public CodeAction? Wanted(Offer offer) => settings.Key is { } key
        ? offer.Actions.FirstOrDefault(action => action.EquivalenceKey == key)
        : offer.Actions.ElementAtOrDefault(settings.Index);

    /// <summary>The findings of the whole solution that an editor could offer the fix for.</summary>
    public async Task<ImmutableArray<(Document Document, Diagnostic Diagnostic)>> FixableAsync(Solution solution)
    {
        var all = new List<Diagnostic>();
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync())!;
            all.AddRange(await new AnalyzerHost(settings.Analyzers, project.AnalyzerOptions).BatchAsync(compilation));
        }

        var ids = settings.Fix.FixableDiagnosticIds;
        return
        [
            .. Finding.Sorted(all)
                .Where(finding => ids.Contains(finding.Id) && !finding.IsSuppressed && !finding.Primary.IsNowhere)
                .Select(finding => (solution.GetDocument(finding.Diagnostic.Location.SourceTree)!, finding.Diagnostic)),
        ];
    }

    public async Task<ImmutableArray<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        var registered = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => registered.Add(action), token);
        await Guarded("threw while registering", () => settings.Fix.RegisterCodeFixesAsync(context), token);
        ImmutableArray<CodeAction> actions = [.. registered.SelectMany(Flattened)];
        foreach (var action in actions)
            if (action.EquivalenceKey is null)
                throw new VerificationException($"the action '{action.Title}' has no equivalence key, so fix-all cannot find its kin");
        if (actions.GroupBy(action => action.EquivalenceKey).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new VerificationException($"several actions for one finding have the key '{twice.Key}'");
        return actions;
    }

    /// <summary>The solution after the action; anything but one change to apply could not be previewed or undone.</summary>
    public static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken token)
    {
        var operations = ImmutableArray<CodeActionOperation>.Empty;
        await Guarded($"threw in '{action.Title}'", async () => operations = await action.GetOperationsAsync(token), token);
        return operations is [ApplyChangesOperation change]
            ? change.ChangedSolution
            : throw new VerificationException(
                $"the action '{action.Title}' is not one ApplyChangesOperation: "
                + string.Join(", ", operations.Select(operation => operation.GetType().Name)));
    }

    public static async Task Guarded(string complaint, Func<Task> work, CancellationToken token)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception cause) when (cause is not VerificationException)
        {
            throw new VerificationException($"the fix {complaint}\n{cause}", cause);
        }
    }

    private static IEnumerable<CodeAction> Flattened(CodeAction action)
        => action.NestedActions.IsEmpty ? [action] : action.NestedActions.SelectMany(Flattened);
}
