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
/// A callee has released the lock on one of its outcomes (<c>pageout</c> that started I/O): what is done with the lock afterwards
/// asks that outcome.
/// </summary>
internal sealed class AskOutcome : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => id == RuleIds.ReleaseNotHeld ? [FixKeys.RememberHeld] : [];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is not { IsRelease: true, LockKey: not null, Statement: { } statement } release)
            yield break;
        foreach (var call in ChangeForm.InBody(release, site).Where(static c => c.Clause is { Outcome: { ResultOrdinal: -1, Kind: OutcomeKind.True or OutcomeKind.False } }))
        {
            if (call.Call.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } || call.Call.SpanStart > release.Call.SpanStart)
                continue;
            var isReleasedOnTrue = call.Clause is { Kind: ClauseKind.Releases, Outcome.Kind: OutcomeKind.True } or { Kind: ClauseKind.Acquires, Outcome.Kind: OutcomeKind.False };
            var condition = (isReleasedOnTrue ? "!" : "") + variable.Identifier.Text;
            yield return site.Change(
                $"Release '{release.LockText}' only where it is held", FixKeys.RememberHeld,
                [new TextChange(new TextSpan(statement.SpanStart, 0), TestOutcome.OnLines(new StatementEdits(site).Guard(condition, ""), statement, site))]);
        }
    }
}
