using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A callee that says in which context it runs is called from another one. A method without <c>[RunsIn]</c> says nothing;
/// interrupts merely off are not interrupt context.
/// </summary>
internal sealed class MML4005WrongContext() : FlowRule(typeof(ContextEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ContextEvent { Callers: { } callers } call || call.Callees == RunContext.Any || call.Callees == callers)
            return;
        verdicts.Fail(Descriptors.WrongContext, call.Place(), "", _ =>
            new Finding(
                Descriptors.WrongContext, call.Place(), call.Callee(), $"[RunsIn(ExecutionContext.{call.Callees})]",
                LockWording.State(callers), ""));
    }
}
