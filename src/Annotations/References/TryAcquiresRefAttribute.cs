using System;

namespace MmLock;

/// <summary>
/// Takes a reference if the outcome is <see cref="OutcomeContractAttribute.On"/>, and not otherwise:
/// <c>get_page_unless_zero()</c>, <c>css_tryget()</c>.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Parameter | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class TryAcquiresRefAttribute : OutcomeContractAttribute;
