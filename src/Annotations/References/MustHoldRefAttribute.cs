using System;

namespace MmLock;

/// <summary>The caller must have a reference to this object or parameter, its own or a borrowed one.</summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Parameter | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class MustHoldRefAttribute : Attribute;
