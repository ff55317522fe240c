using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>Takes or releases in any case what is taken or released under a condition that has nothing to do with the lock.</summary>
internal sealed class DropCondition : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => id switch
    {
        RuleIds.HeldAtExit => [FixKeys.ReleaseOnExits],
        RuleIds.ReleaseNotHeld or RuleIds.DoubleAcquire or RuleIds.RequiredLockNotHeld or RuleIds.GuardedReadUnlocked or RuleIds.GuardedWriteUnlocked => [FixKeys.TakeInAnyCase],
        _ => [],
    };

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        foreach (var call in Calls(site))
        {
            if (LockUse.Of(call, site) is not { } use)
                continue;
            if (site.Diagnostic.Id == RuleIds.HeldAtExit)
            {
                foreach (var release in use.Releases.Where(release => IsHeldBefore(release, use)))
                {
                    if (Unconditional(release, site) is { } changes)
                        yield return site.Change($"Release with '{release.Call}' in any case", FixKeys.ReleaseOnExits, changes);
                }

                continue;
            }

            foreach (var acquire in use.Acquires)
            {
                if (Unconditional(acquire, site) is not { } changes)
                    continue;
                var title = $"Take '{acquire.LockText}' in any case";
                var releases = use.Releases.Select(release => Unconditional(release, site)).OfType<IEnumerable<TextChange>>().ToList();
                if (releases.Count > 0)
                    yield return site.Change(title, FixKeys.TakeInAnyCase, changes.Concat(releases.SelectMany(static c => c)));
                yield return site.Change(title, FixKeys.TakeInAnyCase, changes);
            }
        }
    }

    private static IEnumerable<LockCallSite> Calls(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is { LockKey: not null, IsRelease: true } here)
            return [here];
        var placed = site.Places(LocationRole.AcquiredAt).Select(place => LockCallSite.Of(place, site)).OfType<LockCallSite>()
            .Where(static call => call.LockKey is not null).ToList();
        if (placed.Count > 0)
            return placed;
        var keys = MissingLocks.Of(site).Select(text => LockNames.Key(text, site.Position, site)).ToList();
        return keys.Count == 0 || site[DiagnosticProperties.Certainty] != DiagnosticProperties.SomePaths
            ? []
            : LockCallSite.In(ChangeForm.Body(site.Node), site).Where(call => call.IsAcquire && call.LockKey is { } key && keys.Contains(key)).Take(1);
    }

    /// <summary>The statement without the <c>if</c> around it; null where that does more, or is commented.</summary>
    private static IEnumerable<TextChange>? Unconditional(LockCallSite call, FindingSite site)
    {
        var outer = call.Statement?.Parent switch
        {
            IfStatementSyntax { Else: null } only => only,
            BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } only } => only,
            _ => null,
        };
        if (outer is null || outer.Parent is ElseClauseSyntax)
            return null;
        // What the condition does besides asking would be lost.
        if (!Conditions.OnlyAsks(outer.Condition))
            return null;
        var (head, tail) = (TextSpan.FromBounds(outer.SpanStart, call.Statement!.SpanStart), TextSpan.FromBounds(call.Statement.Span.End, outer.Span.End));
        return Conditions.HasComment(outer, head) || Conditions.HasComment(outer, tail) ? null : [new TextChange(head, ""), new TextChange(tail, "")];
    }

    /// <summary>Taken in any case in front of it: the acquisition stands in a list around it.</summary>
    private static bool IsHeldBefore(LockCallSite release, LockUse use) =>
        use.Tries.IsEmpty && use.Acquires.Any(acquire => acquire.Call.SpanStart < release.Call.SpanStart
            && release.Call.Ancestors().Contains(acquire.Statement!.Parent!) && acquire.Statement.Parent is BlockSyntax);
}
