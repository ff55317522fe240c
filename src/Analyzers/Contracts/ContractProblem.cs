using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>Something that is wrong with an annotation, as data: the Annotation rules turn it into a finding.</summary>
/// <param name="RuleId">The rule that speaks of it.</param>
/// <param name="Location">The place of the squiggle: inside the string where that is possible.</param>
/// <param name="Arguments">The arguments of the rule's message, in its order.</param>
/// <param name="Related">Declarations that explain it.</param>
internal sealed record ContractProblem(
    string RuleId, Location Location, ImmutableArray<string> Arguments, ImmutableArray<Location> Related)
{
    public const string BadExpression = "MML9001";
    public const string NotALock = "MML9002";
    public const string HierarchyCycle = "MML9003";
    public const string UnknownClass = "MML9004";
    public const string Contradiction = "MML9005";
    public const string OverrideContract = "MML2012";

    /// <summary>What was probably meant.</summary>
    public string? Nearest { get; init; }

    /// <summary>The arguments in one line: tells findings at one place apart.</summary>
    public string Message => string.Join(" | ", Arguments);

    public override string ToString() => $"{RuleId}: {Message}";
}
