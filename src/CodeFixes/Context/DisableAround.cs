using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Context;

/// <summary>
/// Turns interrupts or bottom halves off around the whole time that a lock is held (<c>local_irq_save</c>), where the lock
/// itself has no form that does.
/// </summary>
internal sealed class DisableAround : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.TakeWithInterruptsOff];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is not { IsAcquire: true } acquire || Region(acquire, site) is not { } region)
            yield break;
        foreach (var (section, what) in new[] { ("@bh", "bottom halves"), ("@irq", "interrupts") })
        {
            foreach (var form in new LockForms(site).For(section, LockMode.Shared).Take(2))
            {
                var title = $"Disable {what} around it";
                yield return site.Change(title, FixKeys.TakeWithInterruptsOff, new RegionWrapper(site).Wrap(region, form));
                // What may throw while the lock is held would reach the finally with it.
                var edits = new StatementEdits(site);
                if (form is { Setup: [var opens], Cleanup: [var closes] } && region.First.Parent is BlockSyntax)
                    yield return site.Change(title, FixKeys.TakeWithInterruptsOff, edits.Before(region.First, opens).Concat(edits.After(region.Last, closes)));
            }
        }
    }

    private static StatementRegion? Region(LockCallSite acquire, FindingSite site)
    {
        if (acquire.Statement is not { } first)
            return StatementRegion.Around(acquire.Call, site.Model);
        var siblings = StatementRegion.Siblings(first);
        var last = siblings.Skip(siblings.IndexOf(first) + 1).FirstOrDefault(
            s => LockCallSite.In(s, site).Any(call => call.IsRelease && call.LockKey == acquire.LockKey));
        return last is null ? null : StatementRegion.Closed(first, last, site.Model);
    }
}
