using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Locks;

/// <summary>Takes a lock in another form than the code does, and lets it go accordingly: another mode, interrupts saved.</summary>
internal abstract class ChangeForm : RepairPlan
{
    /// <summary>An acquisition and all its releases in the body, in another form; null when one of them has none.</summary>
    protected static IReadOnlyList<TextChange>? Change(
        FindingSite site, LockCallSite acquire, Func<ContractClause, SwitchClause?, bool> wanted, Func<ContractClause, SwitchClause?, bool> answer,
        bool savesFlags)
    {
        var flags = savesFlags ? site.FreeName("flags") : null;
        var changes = new List<TextChange>();
        foreach (var call in InBody(acquire, site))
        {
            var isRelease = call.IsRelease;
            if (!isRelease && call.Call != acquire.Call)
                continue;
            // What lets go with interrupts on again answers an acquisition that turned them off.
            if (isRelease && acquire.Switch is null && call.Switch is not null)
                continue;
            // A release that answers another acquisition of the lock would be changed with it: the trial tells.
            var form = call.Forms(isRelease ? answer : wanted, flags).Select(static found => found.Text).FirstOrDefault();
            if (form is null)
                return null;
            changes.Add(new TextChange(call.Call.Span, form));
        }

        return changes;
    }

    /// <summary>All calls of the body about the lock of one of them.</summary>
    internal static IEnumerable<LockCallSite> InBody(LockCallSite call, FindingSite site) =>
        LockCallSite.In(Body(call.Call), site).Where(other => other.LockKey is not null && other.LockKey == call.LockKey);

    /// <summary>The mode in which something is held, as the rule tells it.</summary>
    protected static LockMode? HeldMode(FindingSite site) =>
        Enum.TryParse<LockMode>(site[DiagnosticProperties.HeldMode], out var mode) ? mode : null;

    internal static SyntaxNode Body(SyntaxNode node) => node.Ancestors().First(
        static ancestor => ancestor is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax
            or CompilationUnitSyntax);
}

/// <summary>Takes the lock alone where sharing is not enough, or releases it in the mode in which it is held.</summary>
internal sealed class MatchMode : ChangeForm
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.MatchMode];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (HeldMode(site) is not { } held)
            yield break;
        if (site.Diagnostic.Id == RuleIds.WrongMode)
        {
            if (LockCallSite.Of(site.Node, site) is not { IsRelease: true } release)
                yield break;
            foreach (var (text, _) in release.Forms((clause, flip) =>
                clause.Kind == ClauseKind.Releases && clause.Outcome is null && clause.Mode == held && flip?.Kind == release.Switch?.Kind, release.SavedFlags))
            {
                yield return site.Change($"Release with '{text}'", FixKeys.MatchMode, [new TextChange(release.Call.Span, text)]);
            }

            yield break;
        }

        foreach (var place in site.Places(LocationRole.AcquiredAt))
        {
            foreach (var guard in Guards(place, site))
                yield return guard;
            if (LockCallSite.Of(place, site) is { IsAcquire: true, Clause: { } mine } acquire
                && Change(
                    site, acquire,
                    (clause, flip) => clause.Kind == ClauseKind.Acquires && clause.Mode == LockMode.Exclusive && flip?.Kind == acquire.Switch?.Kind
                        && clause.Outcome is null == mine.Outcome is null,
                    (clause, _) => clause.Kind == ClauseKind.Releases && clause.Mode == LockMode.Exclusive && clause.Outcome is null,
                    savesFlags: false) is { } changes)
            {
                yield return site.Change($"Take '{acquire.LockText}' exclusively", FixKeys.MatchMode, changes);
            }
        }
    }

    /// <summary>A guard that shares gives way to one that does not.</summary>
    private static IEnumerable<Repair> Guards(SyntaxNode place, FindingSite site)
    {
        if (place.FirstAncestorOrSelf<ExpressionSyntax>(static e => e is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax) is not { } made
            || site.Model.GetTypeInfo(made).Type is not { } type || !site.Contracts.IsScopedGuard(type))
        {
            yield break;
        }

        foreach (var text in MissingLocks.Of(site))
        {
            foreach (var form in new LockForms(site).For(text, LockMode.Exclusive).Where(static form => form.Opener.StartsWith("using (", StringComparison.Ordinal)))
                yield return site.Change($"Take '{text}' exclusively", FixKeys.MatchMode, [new TextChange(made.Span, form.Opener.Substring(7, form.Opener.Length - 8))]);
        }
    }
}

/// <summary>Takes a class that interrupts take with interrupts off, their state saved.</summary>
internal sealed class TakeWithInterruptsOff : ChangeForm
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.TakeWithInterruptsOff];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        foreach (var acquire in Acquisitions(site).ToList())
        {
            foreach (var (opens, closes) in new (SwitchKind?, SwitchKind?)[]
            {
                (SwitchKind.SavesIrq, SwitchKind.RestoresIrq), (SwitchKind.DisablesIrq, SwitchKind.EnablesIrq), (SwitchKind.DisablesBh, SwitchKind.EnablesBh), (null, null),
            })
            {
                // Off already, by whoever is around it: the lock need not touch them.
                if (opens is null && site.Diagnostic.Id != RuleIds.IrqEnabledInside)
                    continue;
                if (Change(
                    site, acquire,
                    (clause, flip) => clause.Kind == ClauseKind.Acquires && clause.Mode == acquire.Clause!.Mode && flip?.Kind == opens
                        && clause.Outcome is null == acquire.Clause.Outcome is null,
                    (clause, flip) => clause.Kind == ClauseKind.Releases && clause.Mode == acquire.Clause!.Mode && flip?.Kind == closes && clause.Outcome is null,
                    opens == SwitchKind.SavesIrq) is { } changes)
                {
                    yield return site.Change(
                        opens is null ? $"Leave interrupts alone while '{acquire.LockText}' is held"
                        : opens == SwitchKind.SavesIrq ? $"Save and disable interrupts while '{acquire.LockText}' is held" : $"Disable interrupts while '{acquire.LockText}' is held",
                        FixKeys.TakeWithInterruptsOff, changes);
                }
            }
        }
    }

    private static IEnumerable<LockCallSite> Acquisitions(FindingSite site)
    {
        var here = LockCallSite.Of(site.Node, site);
        if (here is { IsAcquire: true, Clause: not null })
            yield return here;
        // An unconditional enable inside an outer section: its acquisition has to save.
        if (here is { IsRelease: true, Clause: not null })
        {
            foreach (var acquire in InBody(here, site).Where(static call => call.IsAcquire))
                yield return acquire;
        }

        foreach (var place in site.Places(LocationRole.AcquiredAt))
        {
            if (LockCallSite.Of(place, site) is { IsAcquire: true, Clause: not null } acquire)
                yield return acquire;
        }
    }
}

/// <summary>Restores the state that the open section saved.</summary>
internal sealed class MatchSavedFlags : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.MatchSavedFlags];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is not { Switch: { Kind: SwitchKind.RestoresIrq, FlagsOrdinal: >= 0 and var ordinal } } restore
            || restore.Call.ArgumentList.Arguments.ElementAtOrDefault(ordinal) is not { } argument)
        {
            yield break;
        }

        // Taken without touching interrupts, it is let go so.
        foreach (var plain in ChangeForm.InBody(restore, site).Where(call => call.IsAcquire && call.Call.SpanStart < restore.Call.SpanStart).Reverse().Take(1))
        {
            if (plain.Switch?.Kind != SwitchKind.SavesIrq && plain.Release() is { } release)
                yield return site.Change($"Release with '{release}'", FixKeys.MatchSavedFlags, [new TextChange(restore.Call.Span, release)]);
        }

        var savers = site.Places(LocationRole.OpenedAt).Select(place => LockCallSite.Of(place, site)).OfType<LockCallSite>().ToList();
        if (savers.Count == 0)
            savers.AddRange(ChangeForm.InBody(restore, site).Where(static call => call.Switch?.Kind == SwitchKind.SavesIrq));
        foreach (var saver in savers)
        {
            if (saver.SavedFlags is { } flags && flags != argument.Expression.ToString())
                yield return site.Change($"Restore '{flags}'", FixKeys.MatchSavedFlags, [new TextChange(argument.Expression.Span, flags)]);
        }
    }
}
