using System;

namespace MmLock;

/// <summary>
/// Gives up a reference of this object or parameter: <c>put_page()</c>. The caller must own one, and must not use the
/// object by it afterwards. With an outcome, only after that one.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Parameter | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class ReleasesRefAttribute : OutcomeContractAttribute;
