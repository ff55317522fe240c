using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>
/// A jump leads past the release, or past the acquisition that takes the lock back: what it passes is done before it.
/// </summary>
internal sealed class BalanceAtJump : RepairPlan
{
    private const int MostJumps = 4;

    public override ImmutableArray<string> Keys(string id) => id switch
    {
        RuleIds.HeldAtExit or RuleIds.HeldOnException => [FixKeys.ReleaseOnExits],
        RuleIds.ReleaseNotHeld => [FixKeys.TakeAgain],
        _ => [],
    };

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var isHeld = site.Diagnostic.Id == RuleIds.HeldAtExit;
        foreach (var place in isHeld ? site.Places(LocationRole.AcquiredAt) : [site.Node])
        {
            if (LockCallSite.Of(place, site) is not { LockKey: not null } call || LockUse.Of(call, site) is not { IsUniform: true } use)
                continue;
            if ((isHeld ? use.Release + ";" : use.Acquire) is not { Length: > 1 } missing)
                continue;
            var from = (isHeld ? use.Acquires.Concat(use.Tries) : use.Releases).Select(static c => c.Call.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
            var jumps = use.JumpsBehind(from).Where(jump => LockUse.Previous(jump)?.ToString() != missing).Take(MostJumps).ToImmutableArray();
            foreach (var chosen in Choices(jumps))
            {
                var what = $"before the '{chosen[0].GetFirstToken().Text}'";
                var edits = new StatementEdits(site);
                yield return site.Change(
                    isHeld ? $"Release with '{use.Release}' {what}" : $"Take '{call.LockText}' again {what}", isHeld ? FixKeys.ReleaseOnExits : FixKeys.TakeAgain,
                    chosen.SelectMany(jump => edits.Before(jump, missing)));
            }
        }
    }

    private static IEnumerable<ImmutableArray<StatementSyntax>> Choices(ImmutableArray<StatementSyntax> jumps)
    {
        foreach (var jump in jumps)
            yield return [jump];
        if (jumps.Length > 1)
            yield return jumps;
    }
}
