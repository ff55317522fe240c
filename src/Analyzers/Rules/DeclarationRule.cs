using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Rules;

/// <summary>A rule that turns what is wrong with an annotation into a finding. Has no state of its own.</summary>
internal abstract class DeclarationRule
{
    /// <summary>What it speaks of.</summary>
    public abstract ContractDefect Defect { get; }

    /// <summary>The finding about a problem of this kind.</summary>
    public abstract Finding Find(ContractProblem problem);

    /// <summary>A finding at the problem's place, with its declarations and what was probably meant.</summary>
    protected static Finding At(ContractProblem problem, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var finding = new Finding(descriptor, problem.Location, arguments)
        {
            Related = [.. problem.Related.Select(static place => new RelatedLocation(LocationRole.Declaration, place))],
            Distinction = string.Join(" | ", arguments),
        };
        return problem.Nearest is { } nearest ? finding.With(DiagnosticProperties.NearestName, nearest) : finding;
    }

    /// <summary>The question behind a message whether another name was meant; nothing where none is near.</summary>
    protected static string Suggestion(ContractProblem problem) =>
        problem.Nearest is { } nearest ? $" (did you mean '{nearest}'?)" : "";
}
