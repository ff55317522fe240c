using System.Collections.Immutable;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>What became of a mutant.</summary>
internal enum Outcome
{
    DoesNotCompile,
    FoundLive,
    FoundByBuild,
    Survived,
}

/// <summary>A mutant, what became of it, and the findings that it has and the model has not.</summary>
internal sealed record Verdict(Mutant Mutant, Outcome Outcome, ImmutableArray<string> Findings)
{
    public bool IsFound => Outcome is Outcome.FoundLive or Outcome.FoundByBuild;

    /// <summary>Does it count for the figure?</summary>
    public bool BreaksARule => Outcome != Outcome.DoesNotCompile && Mutant.Harmless is null;
}
