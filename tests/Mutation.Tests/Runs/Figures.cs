using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using MmLock.Mutation.Tests.Operators;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>The result of a campaign, in numbers and in words.</summary>
internal sealed record Figures(int Made, int Seed, TimeSpan Time, ImmutableArray<Verdict> Verdicts)
{
    private ImmutableArray<Verdict> Counted { get; } = [.. Verdicts.Where(v => v.BreaksARule)];

    /// <summary>The share of rule-breaking mutants that were found.</summary>
    public double Share => Counted.IsEmpty ? 0 : (double)Counted.Count(v => v.IsFound) / Counted.Length;

    public ImmutableArray<Verdict> Missed => [.. Counted.Where(v => !v.IsFound).OrderBy(v => v.Mutant.ToString(), StringComparer.Ordinal)];

    /// <summary>Said to break nothing, and reported all the same: either the reason is wrong or the analyzer is.</summary>
    public ImmutableArray<Verdict> FoundThoughHarmless => [.. Verdicts.Where(v => v.Mutant.Harmless is not null && v.IsFound)];

    /// <summary>The line that a build shows.</summary>
    public string Line
        => FormattableString.Invariant($"mutation: {Counted.Count(v => v.IsFound)} of {Counted.Length} rule-breaking mutants found ({Share:P1}), ")
            + FormattableString.Invariant($"{Verdicts.Length} of {Made} mutants run (seed {Seed}) in {Time.TotalSeconds:0} s");

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Line).AppendLine();
        text.AppendLine("| operator | compile | break a rule | found live | found by the build | survived |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var op in AllOperators.List)
        {
            var compiled = Verdicts.Where(v => v.Mutant.Operator == op.Name && v.Outcome != Outcome.DoesNotCompile).ToArray();
            var broken = compiled.Where(v => v.BreaksARule).ToArray();
            text.AppendLine(
                $"| {op.Name} | {compiled.Length} | {broken.Length} | {broken.Count(v => v.Outcome == Outcome.FoundLive)} "
                + $"| {broken.Count(v => v.Outcome == Outcome.FoundByBuild)} | {broken.Count(v => v.Outcome == Outcome.Survived)} |");
        }
        foreach (var missed in Missed)
            text.AppendLine($"survived: {missed.Mutant}");
        foreach (var found in FoundThoughHarmless)
            text.AppendLine($"found though {found.Mutant.Harmless}: {found.Mutant} -> {string.Join(" ; ", found.Findings)}");
        return text.ToString();
    }
}
