using System;

namespace MmLock;

/// <summary>
/// The caller must not own a reference to this object or parameter: <c>put_and_wait_on_page_locked()</c>'s reason to
/// be.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Parameter | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class MustNotHoldRefAttribute : Attribute;
