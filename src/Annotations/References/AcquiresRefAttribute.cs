using System;

namespace MmLock;

/// <summary>
/// Takes a reference to this object or parameter (<c>get_page()</c>). On a return value: the caller now owns a
/// reference to it (<c>find_get_page()</c>).
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Parameter | AttributeTargets.Delegate | AttributeTargets.ReturnValue,
    AllowMultiple = true, Inherited = false)]
public sealed class AcquiresRefAttribute : Attribute;
