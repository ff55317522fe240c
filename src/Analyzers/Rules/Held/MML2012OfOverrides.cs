using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// An override or implementation demands more, or promises less, than the member that callers see: they call through the base
/// and keep the wrong contract. Delegates are judged where the conversion stands.
/// </summary>
internal sealed class MML2012OfOverrides : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.Override;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.OverrideContract, problem.Subject, problem.Overridden, LockWording.Mismatch(problem.Mismatch!));
}
