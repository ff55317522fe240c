using System;

namespace MmLock;

/// <summary>
/// Takes the object out of readers' reach, while those who have it may go on: <c>list_del_rcu()</c>,
/// <c>radix_tree_delete()</c>.
/// </summary>
/// <param name="objects">The objects unpublished.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public sealed class UnpublishesAttribute(params string[] objects) : Attribute
{
    /// <summary>The objects unpublished, as expressions of parameters and members.</summary>
    public string[] Objects { get; } = objects ?? [];
}
