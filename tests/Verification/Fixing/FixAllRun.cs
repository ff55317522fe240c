using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmLock.Verification;

/// <summary>Fixes everything at once, as a host does when the user asks for all in a scope.</summary>
internal sealed class FixAllRun(LockFixVerifier settings, FixSession session)
{
    public static ImmutableArray<FixAllScope> Scopes { get; } = [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    /// <summary>Goes over each document, each project or the solution, once for every rule and round.</summary>
    public async Task<Solution> In(FixAllScope scope, Solution solution)
    {
        for (var round = 0; round < settings.FixAllRounds; round++)
        {
            var offered = (await session.OffersAsync(solution)).Where(offer => session.Wanted(offer) is not null);
            foreach (var first in offered.DistinctBy(offer => (offer.Diagnostic.Id, Unit(scope, offer.Document))))
                solution = await Apply(scope, solution, first, session.Wanted(first)!.EquivalenceKey);
        }

        return solution;
    }

    /// <summary>What dotnet format does when the finding that it looks at first has no fix.</summary>
    public async Task CheckWithoutKey(Solution original, ExpectedSolution expected)
    {
        var offers = await session.OffersAsync(original);
        var partly = offers.GroupBy(offer => offer.Diagnostic.Id)
            .Where(same => same.Any(offer => offer.Actions.IsEmpty) && same.Any(offer => !offer.Actions.IsEmpty))
            .ToArray();
        if (partly.Length == 0 || settings.FixAllRounds > 1)
            return;
        var solution = original;
        foreach (var same in partly)
            solution = await Apply(FixAllScope.Solution, solution, same.First(offer => offer.Actions.IsEmpty), key: null);
        if (partly.Length == offers.Select(offer => offer.Diagnostic.Id).Distinct().Count())
            await expected.MustBe(original, solution, "Fixed all without a key, as dotnet format does when the first finding has no fix");
    }

    private static object Unit(FixAllScope scope, Document document) => scope switch
    {
        FixAllScope.Document => document.Id,
        FixAllScope.Project => document.Project.Id,
        _ => "solution",
    };

    private async Task<Solution> Apply(FixAllScope scope, Solution solution, Offer first, string? key)
    {
        // Earlier passes made new documents of the old ones; the identity is what stays.
        var document = solution.GetDocument(first.Document.Id)!;
        var context = new FixAllContext(
            document,
            settings.Fix,
            scope,
            key!,
            [first.Diagnostic.Id],
            new Findings(await session.FixableAsync(solution)),
            CancellationToken.None);
        Microsoft.CodeAnalysis.CodeActions.CodeAction? action = null;
        await FixSession.Guarded(
            "threw while fixing all",
            async () => action = await settings.Fix.GetFixAllProvider()!.GetFixAsync(context),
            CancellationToken.None);
        return action is null ? solution : await FixSession.ApplyAsync(action, CancellationToken.None);
    }

    private sealed class Findings(ImmutableArray<(Document Document, Diagnostic Diagnostic)> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(all.Where(finding => finding.Document.Project.Id == project.Id).Select(finding => finding.Diagnostic));

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult(all.Where(finding => finding.Document.Id == document.Id).Select(finding => finding.Diagnostic));

        // Findings without a place; no fix can be offered for those.
        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
