using System;

namespace MmLock;

/// <summary>
/// Instances carry a reference count, and live as long as someone owns a reference: <c>struct page</c>, <c>struct
/// mem_cgroup</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class RefCountedAttribute : Attribute;
