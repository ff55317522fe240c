using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules.Annotation;

/// <summary>
/// A text that does not parse, or names nothing that can be seen from its declaration. A contract that binds to nothing would
/// protect nothing without a word; the kernel's own annotations are checked by the C compiler in the same way.
/// </summary>
internal sealed class MML9001BadLockExpression : DeclarationRule
{
    public override ContractDefect Defect => ContractDefect.BadExpression;

    public override Finding Find(ContractProblem problem) =>
        At(problem, Descriptors.BadLockExpression, problem.Subject, problem.Attribute, problem.Detail, Suggestion(problem));
}
