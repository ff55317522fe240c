using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// A method becomes a delegate that tells its callers less than the method demands. Overrides and implementations are
/// declarations, and judged there.
/// </summary>
internal sealed class MML2012OverrideContract() : FlowRule(typeof(ConversionEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not ConversionEvent { Problem: { } problem } conversion)
            return;
        verdicts.Fail(Descriptors.OverrideContract, conversion.Place(), LockWording.Mismatch(problem), texts =>
            new Finding(
                Descriptors.OverrideContract, conversion.Place(), LockWording.Member(conversion.Method),
                conversion.Delegate.ToDisplayString(Microsoft.CodeAnalysis.SymbolDisplayFormat.MinimallyQualifiedFormat), LockWording.And(texts)));
    }
}
