using System;

namespace MmLock;

/// <summary>May sleep: the caller must be allowed to. The kernel's <c>might_sleep()</c>.</summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class MaySleepAttribute : Attribute;
