using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>
/// Where a lock is held on some paths only: a flag says whether it is (<c>lockTaken</c>), and the release, the second
/// acquisition or the exit asks it.
/// </summary>
internal sealed class RememberHeld : RepairPlan
{
    /// <summary>After which releases is the flag taken back? Where nobody asks any more, it would only be noise.</summary>
    private enum Resets
    {
        None,
        ElsewhereOnly,
        Everywhere,
    }

    public override ImmutableArray<string> Keys(string id) =>
        id is RuleIds.HeldAtExit or RuleIds.ReleaseNotHeld or RuleIds.DoubleAcquire
            or RuleIds.RequiredLockNotHeld or RuleIds.GuardedReadUnlocked or RuleIds.GuardedWriteUnlocked ? [FixKeys.RememberHeld] : [];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site[DiagnosticProperties.Certainty] == DiagnosticProperties.AllPaths && site.Diagnostic.Id != RuleIds.HeldAtExit)
            yield break;
        foreach (var call in Calls(site))
        {
            if (LockUse.Of(call, site) is not { IsUniform: true, Release: { } release } use || use.Tries.Any(attempt => !IsPlain(attempt)))
                continue;
            var name = site.FreeName("held");
            foreach (var held in use.IsHeldOnEntry(site) ? new[] { true, false } : [false])
            {
                foreach (var resets in new[] { Resets.None, Resets.ElsewhereOnly, Resets.Everywhere })
                {
                    if (Changes(use, release, name, held, resets, site) is { } changes)
                        yield return site.Change(Title(site, call), FixKeys.RememberHeld, changes);
                }
            }
        }
    }

    private static bool IsAccess(FindingSite site) =>
        site.Diagnostic.Id is RuleIds.RequiredLockNotHeld or RuleIds.GuardedReadUnlocked or RuleIds.GuardedWriteUnlocked;

    private static string Title(FindingSite site, LockCallSite call) => site.Diagnostic.Id switch
    {
        RuleIds.ReleaseNotHeld => $"Release '{call.LockText}' only where it is held",
        RuleIds.DoubleAcquire or RuleIds.RequiredLockNotHeld or RuleIds.GuardedReadUnlocked or RuleIds.GuardedWriteUnlocked => $"Take '{call.LockText}' only where it is not held",
        _ => $"Release '{call.LockText}' where it is still held",
    };

    private static IEnumerable<LockCallSite> Calls(FindingSite site)
    {
        if (IsAccess(site))
        {
            var keys = MissingLocks.Of(site).Select(text => LockNames.Key(text, site.Position, site)).ToList();
            return LockCallSite.In(ChangeForm.Body(site.Node), site).Where(call => call.IsAcquire && call.LockKey is { } key && keys.Contains(key)).Take(1);
        }

        var places = site.Diagnostic.Id == RuleIds.HeldAtExit ? site.Places(LocationRole.AcquiredAt) : [site.Node];
        return places.Select(place => LockCallSite.Of(place, site)).OfType<LockCallSite>().Where(static call => call.LockKey is not null);
    }

    private static IEnumerable<TextChange>? Changes(LockUse use, string release, string name, bool held, Resets resets, FindingSite site)
    {
        if (Scope(use, site) is not { } first)
            return null;
        var edits = new StatementEdits(site);
        var changes = new List<TextChange>();
        // Taken first and in any case: the flag begins there.
        if (!held && use.Acquires.FirstOrDefault()?.Statement == first && use.All.First().IsAcquire && site.Diagnostic.Id != RuleIds.DoubleAcquire)
            changes.AddRange(edits.After(first, Declaration(name, true, site)));
        else
            changes.AddRange(edits.Before(first, Declaration(name, held, site)));
        foreach (var acquire in use.Acquires.Where(call => call.Statement != first || changes[0].Span.Start < first.Span.End))
        {
            if (site.Diagnostic.Id == RuleIds.DoubleAcquire && acquire.Call.Span.IntersectsWith(site.Span))
                changes.AddRange(Guarded(acquire.Statement!, $"!{name}", edits, site));
            changes.AddRange(edits.Follow(acquire.Statement!, $"{name} = true;"));
        }

        foreach (var attempt in use.Tries)
        {
            var assigned = $"{name} = {attempt.Call}";
            changes.Add(new TextChange(attempt.Call.Span, attempt.Call.Parent is IfStatementSyntax or ExpressionStatementSyntax ? assigned : $"({assigned})"));
        }

        foreach (var call in use.Releases)
        {
            var isWanted = site.Diagnostic.Id == RuleIds.ReleaseNotHeld && call.Call.Span.IntersectsWith(site.Span);
            if (!isWanted)
                changes.AddRange(resets == Resets.None ? [] : edits.Follow(call.Statement!, $"{name} = false;"));
            else if (Condition(call.Statement!) is { } condition)
                changes.Add(new TextChange(condition.Span, name));
            else if (resets == Resets.Everywhere)
                changes.Add(new TextChange(call.Statement!.Span, edits.Block($"if ({name})", call.Statement, call.Statement.ToString(), $"{name} = false;")));
            else
                changes.AddRange(Guarded(call.Statement!, name, edits, site));
        }

        if (IsAccess(site))
        {
            if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } access || use.Acquire is not { } acquire)
                return null;
            changes.AddRange(edits.Before(access, edits.Guard($"!{name}", acquire)));
        }

        if (site.Diagnostic.Id == RuleIds.HeldAtExit)
            changes.AddRange(ReleaseOnExits.AtExit(edits.Guard(name, release + ";"), site).FirstOrDefault() ?? []);
        return changes;
    }

    private static string Declaration(string name, bool value, FindingSite site) =>
        $"{(site.Style.UsesVar ? "var" : "bool")} {name} = {(value ? "true" : "false")};";

    private static IEnumerable<TextChange> Guarded(StatementSyntax statement, string condition, StatementEdits edits, FindingSite site) =>
        [new TextChange(new TextSpan(statement.SpanStart, 0), TestOutcome.OnLines(edits.Guard(condition, ""), statement, site))];

    /// <summary>The condition of an <c>if</c> that does nothing but release.</summary>
    private static ExpressionSyntax? Condition(StatementSyntax release) => release.Parent switch
    {
        IfStatementSyntax { Else: null } only => only.Condition,
        BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } only } => only.Condition,
        _ => null,
    };

    /// <summary>The statement before which the flag is declared: around all calls and the exit, outside of loops.</summary>
    private static StatementSyntax? Scope(LockUse use, FindingSite site)
    {
        // A goto may jump over whatever stands behind it.
        if (use.Body.DescendantNodes().Any(static node => node is GotoStatementSyntax))
            return use.Body.DescendantNodes().OfType<BlockSyntax>().FirstOrDefault()?.Statements.FirstOrDefault();
        var places = use.All.Select(static call => (SyntaxNode)call.Call).ToList();
        if (site.Diagnostic.Id == RuleIds.HeldAtExit || IsAccess(site))
            places.Add(site.Node);
        foreach (var list in use.ListsAround(use.All.First().Call))
        {
            // The closing brace of the list is a place in it.
            if (!places.All(place => list.Span.Contains(place.Span)) || list.Ancestors().TakeWhile(a => a != use.Body).Any(IsLoop))
                continue;
            return list.ChildNodes().OfType<StatementSyntax>().FirstOrDefault(s => places.Any(place => s.Span.Contains(place.Span)));
        }

        return null;
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or LabeledStatementSyntax;

    private static bool IsPlain(LockCallSite attempt) => attempt.Clause?.Outcome is { ResultOrdinal: -1, Kind: OutcomeKind.True };
}
