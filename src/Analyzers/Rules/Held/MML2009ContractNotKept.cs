using System.Collections.Immutable;
using System.Linq;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// The body does not do what its contract tells the callers: at the exit that breaks the promise, or on the acquisition that
/// <c>[MayAcquire]</c> does not list.
/// </summary>
internal sealed class MML2009ContractNotKept() : FlowRule(typeof(ExitEvent), typeof(AcquireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        switch (happening)
        {
            case ExitEvent { IsExceptional: false } exit:
                if (exit.Broken.IsEmpty)
                    verdicts.Pass(Descriptors.ContractNotKept, exit.Place);
                foreach (var (promise, instead, _, declaration) in exit.Broken)
                {
                    verdicts.Fail(Descriptors.ContractNotKept, exit.Place, instead, texts =>
                        new Finding(
                            Descriptors.ContractNotKept, exit.Place, LockWording.Member(exit.Inlined ?? verdicts.Scope.Owner), promise,
                            LockWording.And(texts), "")
                        .At(LocationRole.Declaration, declaration));
                }
                break;
            case AcquireEvent { IsTry: false } acquire when acquire.Capability.Type.Kind.IsOrdered() || acquire.Capability.ByClass is not null:
                JudgeListed(acquire, verdicts);
                break;
        }
    }

    private static void JudgeListed(AcquireEvent acquire, Verdicts verdicts)
    {
        var clauses = verdicts.Scope.Contract.Clauses;
        if (acquire.Capability.Class is not { } taken || !clauses.Any(c => c.Kind == ClauseKind.MayAcquire) || IsListed(taken, clauses, verdicts.Scope.Contracts))
            return;
        var promise = Promise(clauses);
        verdicts.Fail(Descriptors.ContractNotKept, acquire.Place(), taken.Display, _ =>
            new Finding(
                Descriptors.ContractNotKept, acquire.Place(), LockWording.Member(verdicts.Scope.Owner), promise,
                "takes " + LockPhrases.Of(acquire.Capability), "")
            .About(acquire.Capability, acquire.Mode));
    }

    /// <summary>The promise of <c>[MayAcquire]</c>, as it is written.</summary>
    internal static string Promise(ImmutableArray<ContractClause> clauses) =>
        "[MayAcquire("
        + string.Join(", ", clauses.Where(c => c.Kind == ClauseKind.MayAcquire).SelectMany(c => c.Locks).Select(l => $"\"{l.Text}\""))
        + ")]";

    /// <summary>The callers know of the class: it is listed, or taken, dropped or held according to the contract.</summary>
    internal static bool IsListed(LockClass taken, ImmutableArray<ContractClause> clauses, ContractCache contracts)
    {
        foreach (var clause in clauses)
        {
            if (clause.Kind is not (ClauseKind.MayAcquire or ClauseKind.Acquires or ClauseKind.Releases or ClauseKind.Drops
                or ClauseKind.MustHold or ClauseKind.MustHoldAny))
            {
                continue;
            }
            foreach (var expression in clause.Locks)
            {
                if (contracts.ClassOf(expression) is { } listed && listed.Equals(taken))
                    return true;
            }
        }
        return false;
    }
}
