using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Contracts;

/// <summary>
/// Under a lock that the callers hold, an outer one cannot be taken any more: the callers take it first, and the body requires
/// it instead.
/// </summary>
internal sealed class RequireInstead : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.DeclareMustHold];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is not { IsAcquire: true, Clause: not null, Statement: { } statement } acquire
            || site[DiagnosticProperties.LockExpression] is not { } expression || EnclosingMember.Of(site.Node) is not { } member)
        {
            yield break;
        }

        var releases = ChangeForm.InBody(acquire, site).Where(static call => call.IsRelease).ToList();
        if (releases.Any(static call => call.Statement is null))
            yield break;
        var edits = new StatementEdits(site);
        var word = acquire.Clause.Mode == Analyzers.Model.LockMode.Shared ? "MustHoldShared" : "MustHold";
        yield return site.Change(
            $"Require it from the callers instead: [{word}(\"{expression}\")]", FixKeys.DeclareMustHold,
            new AttributeEditor(site).Add(member, word, [expression]).Concat(edits.Remove(statement)).Concat(releases.SelectMany(call => edits.Remove(call.Statement!))))
            with { PassesOn = true };
    }
}
