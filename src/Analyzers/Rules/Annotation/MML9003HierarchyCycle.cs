using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>
/// The declared order runs in a ring, over the trees and the edges on fields together: no code could keep it, and MML1001 would
/// find one half of it wrong and the other half too.
/// </summary>
internal sealed class MML9003HierarchyCycle : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.OrderRing;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.HierarchyCycle, problem.Detail);
}
