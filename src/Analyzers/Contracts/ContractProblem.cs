using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>How an annotation can be wrong.</summary>
internal enum ContractDefect
{
    /// <summary>The text does not parse, or names nothing here.</summary>
    BadExpression,
    /// <summary>What it names can be taken by nobody.</summary>
    NotALock,
    /// <summary>The declared order runs in a ring.</summary>
    OrderRing,
    /// <summary>No lock has the class.</summary>
    UnknownClass,
    /// <summary>No caller could satisfy it.</summary>
    Contradiction,
    /// <summary>It demands more, or promises less, than what it overrides or implements.</summary>
    Override,
}

/// <summary>Something that is wrong with an annotation, as data: a declaration rule turns it into a finding.</summary>
/// <param name="Defect">In which way.</param>
/// <param name="Location">The place of the squiggle: inside the string where that is possible.</param>
/// <param name="Subject">What it is about: the expression, the class, the member.</param>
/// <param name="Detail">What is wrong with it.</param>
/// <param name="Related">Declarations that explain it.</param>
internal sealed record ContractProblem(
    ContractDefect Defect, Location Location, string Subject, string Detail, ImmutableArray<Location> Related)
{
    /// <summary>The attribute in whose text it stands, in brackets.</summary>
    public string Attribute { get; init; } = "";

    /// <summary>The member whose contract is broken by an override.</summary>
    public string Overridden { get; init; } = "";

    /// <summary>Why the contract of an override does not fit.</summary>
    public ContractMismatch? Mismatch { get; init; }

    /// <summary>What was probably meant.</summary>
    public string? Nearest { get; init; }
}
