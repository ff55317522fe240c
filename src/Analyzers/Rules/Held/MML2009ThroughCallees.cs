using System;
using System.Collections.Generic;
using System.Linq;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Order;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// <c>[MayAcquire]</c> speaks for the callees as well: a callee that takes what is not listed breaks the promise at the call.
/// One finding per call, for the nearest acquisition, within the outermost type: the rule speaks while typing only.
/// </summary>
internal static class MML2009ThroughCallees
{
    /// <summary>The body promises which classes it may take.</summary>
    public static bool Promises(BodyRecord body, ContractCache contracts) =>
        body.Method is { } method && !body.Calls.IsEmpty
        && contracts.Method(method).Clauses.Any(static clause => clause.Kind == ClauseKind.MayAcquire);

    public static void Judge(BodyRecord body, CalleeClosure closure, ContractCache contracts, Action<Finding> report)
    {
        if (!Promises(body, contracts))
            return;
        var clauses = contracts.Method(body.Method!).Clauses;
        foreach (var site in CallConflicts.Sites(body))
        {
            AcquireEffect? nearest = null;
            CallRecord? at = null;
            foreach (var call in site)
            {
                foreach (var (effect, _) in closure.AcquiresAt(call, body))
                {
                    if (!effect.IsLocal || effect.IsTry || effect.Lock.Class is not { } taken || !effect.Lock.Type.Kind.IsOrdered()
                        || MML2009ContractNotKept.IsListed(taken, clauses, contracts)
                        || nearest is not null && !CallConflicts.IsNearer(effect, nearest))
                    {
                        continue;
                    }
                    nearest = effect;
                    at = call;
                }
            }
            if (nearest is not null)
                report(Of(body, at!, nearest, clauses));
        }
    }

    private static Finding Of(
        BodyRecord body, CallRecord call, AcquireEffect effect, IReadOnlyList<ContractClause> clauses) =>
        ThroughCallees.Ways(
                new Finding(
                    Descriptors.ContractNotKept, call.Location,
                    LockWording.Member(body.Method!), MML2009ContractNotKept.Promise([.. clauses]),
                    "takes " + ThroughCallees.Lock(effect.Lock), ThroughCallees.Through(effect)),
                effect)
            .With(DiagnosticProperties.Lock, effect.Lock.Text)
            .With(DiagnosticProperties.LockClass, effect.Lock.Class?.Display);
}
