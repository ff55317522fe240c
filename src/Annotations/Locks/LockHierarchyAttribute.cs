using System;

namespace MmLock;

/// <summary>
/// The declared order of lock classes, as an indented tree like the comment on top of <c>mm/rmap.c</c>.
/// </summary>
/// <remarks>
/// A line's children are taken inside it, and so are theirs. Siblings are unordered. A name may stand in several
/// places, and several trees are united. Text after <c>#</c> is a comment; <c>a or b</c> on one line puts both there.
/// The <c>@</c> of a class name may be left out.
/// </remarks>
/// <param name="tree">The tree, one class a line, indented by depth.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class LockHierarchyAttribute(string tree) : Attribute
{
    /// <summary>The tree, one class a line, indented by depth.</summary>
    public string Tree { get; } = tree;
}
