using System;

namespace MmLock;

/// <summary>
/// Found without a reference, on a list or in an RCU slot: somebody else's reference keeps it, and may end. Take one
/// before using it.
/// </summary>
[AttributeUsage(
    AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property |
    AttributeTargets.Parameter,
    Inherited = false)]
public sealed class UnreferencedAttribute : Attribute;
