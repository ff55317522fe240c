using System;

namespace MmLock;

/// <summary>
/// May be called anywhere: nothing in it sleeps. The kernel's <c>non_block_start()</c>, as a promise.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class NeverSleepsAttribute : Attribute;
