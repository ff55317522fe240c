using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Does one contract stand in for another? Overrides, implementations and delegate conversions ask this.</summary>
internal static class ContractCompatibility
{
    /// <summary>What the derived contract demands beyond the base, or promises short of it; null when it stands in.</summary>
    public static string? WhyNot(MethodContract derived, MethodContract declared) => null;
}
