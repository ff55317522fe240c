using System;

namespace MmLock;

/// <summary>
/// Gives a member of another assembly the contract its source does not state, by documentation-comment id, in the
/// words of the attributes.
/// </summary>
/// <remarks>
/// <c>[assembly: ExternalContract("M:Ns.Gate.Enter", "Acquires(this)")]</c>. A <c>T:</c> id takes
/// <c>"LockType(Spin)"</c>, a field id <c>"GuardedBy(Gate)"</c>.
/// </remarks>
/// <param name="documentationId">The member or type, as documentation comments name it.</param>
/// <param name="contracts">Its contracts, each written as the attribute would be.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class ExternalContractAttribute(string documentationId, params string[] contracts) : Attribute
{
    /// <summary>The member or type, as documentation comments name it.</summary>
    public string DocumentationId { get; } = documentationId;

    /// <summary>Its contracts, each written as the attribute would be.</summary>
    public string[] Contracts { get; } = contracts ?? [];
}
