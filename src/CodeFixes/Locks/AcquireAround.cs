using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Locks;

/// <summary>
/// Takes the missing lock around the smallest region that does: the statement, joined with a neighbour under the same lock;
/// where two regions would tear apart what belongs together, one over both; in the end the whole block.
/// </summary>
internal sealed class AcquireAround : RepairPlan
{
    /// <summary>Each proposal costs a run of the analyzers.</summary>
    private const int MostTrials = 10;

    public override ImmutableArray<string> Keys(string id) => [FixKeys.AcquireAround];

    public override IEnumerable<Repair> Propose(FindingSite site) => All(site).Take(MostTrials);

    private static IEnumerable<Repair> All(FindingSite site)
    {
        var mode = site[DiagnosticProperties.Mode] == nameof(LockMode.Shared) ? LockMode.Shared : LockMode.Exclusive;
        foreach (var text in MissingLocks.Of(site))
        {
            var title = text.StartsWith("@", System.StringComparison.Ordinal) ? $"Enter '{text}' around it" : $"Take '{text}' around it";
            foreach (var form in new LockForms(site).For(text, mode))
            {
                if (new ExpressionBodyWrapper(site).Wrap(form) is { } whole)
                {
                    yield return site.Change(title, FixKeys.AcquireAround, whole);
                    continue;
                }

                foreach (var changes in Regions(site, form))
                    yield return site.Change(title, FixKeys.AcquireAround, changes);
            }
        }
    }

    private static IEnumerable<ImmutableArray<TextChange>> Regions(FindingSite site, LockForm form)
    {
        if (StatementRegion.Around(site.Node, site.Model) is not { } smallest)
            yield break;
        var joiner = new RegionJoiner(site, form);
        yield return joiner.WithNeighbours(smallest) ?? new RegionWrapper(site).Wrap(smallest, form);
        foreach (var joined in joiner.AcrossGaps(smallest))
            yield return joined;
        foreach (var region in Wider(smallest, site))
            yield return new RegionWrapper(site).Wrap(region, form);
    }

    /// <summary>Over the next statements, in which what was read is written back; then the blocks around.</summary>
    private static IEnumerable<StatementRegion> Wider(StatementRegion smallest, FindingSite site)
    {
        var last = smallest.Last;
        foreach (var next in StatementRegion.Siblings(smallest.First).SkipWhile(s => s != smallest.Last).Skip(1).Take(3))
        {
            var wider = StatementRegion.Closed(smallest.First, next, site.Model);
            if (wider.Last.SpanStart > last.SpanStart)
                yield return wider;
            last = wider.Last;
        }

        foreach (var block in smallest.First.Ancestors().TakeWhile(static node => node is StatementSyntax or SwitchSectionSyntax or ElseClauseSyntax
            or CatchClauseSyntax or FinallyClauseSyntax).OfType<BlockSyntax>())
        {
            yield return new StatementRegion(block.Statements[0], block.Statements[block.Statements.Count - 1], []);
        }
    }
}
