using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>
/// The attributes of one member ask for opposite things, so that every call of it would be wrong.
/// </summary>
internal sealed class MML9005ContradictoryContract : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.Contradiction;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.ContradictoryContract, problem.Subject, problem.Mismatch is { } why ? LockWording.Mismatch(why) : problem.Detail);
}
