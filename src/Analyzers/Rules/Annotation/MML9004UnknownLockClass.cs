using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>
/// A class that no lock has: nearly always a slip of the pen, after which the order says nothing about the lock that was meant.
/// A wait that has no lock object is known by the <c>[MayAcquire]</c> that lists it.
/// </summary>
internal sealed class MML9004UnknownLockClass : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.UnknownClass;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.UnknownLockClass, problem.Subject, problem.Attribute, Suggestion(problem));
}
