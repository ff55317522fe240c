using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>
/// The expression binds, but to something that no lock operation can take. An object is no mistake: any of them can be a
/// monitor.
/// </summary>
internal sealed class MML9002NotALock : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.NotALock;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.NotALock, problem.Subject, problem.Attribute, problem.Detail);
}
