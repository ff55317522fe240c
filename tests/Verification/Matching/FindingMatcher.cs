using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace MmLock.Verification;

/// <summary>An expectation and the finding that was probably meant to answer it, but does not.</summary>
internal sealed record NearMiss(Expectation Expectation, Finding Finding);

/// <summary>What is left when every finding that answers an expectation has been put to it.</summary>
internal sealed record MatchResult(
    ImmutableArray<Expectation> Missing, ImmutableArray<Finding> Unexpected, ImmutableArray<NearMiss> NearMisses)
{
    public bool IsKept => Missing.IsEmpty && Unexpected.IsEmpty;
}

/// <summary>
/// Puts findings to expectations, whatever their order, so that as many as possible are answered: a choice made early
/// gives way where a later expectation has only that one finding.
/// </summary>
internal static class FindingMatcher
{
    public static MatchResult Match(
        IReadOnlyList<Expectation> expectations, IReadOnlyList<Finding> findings, IReadOnlySet<string> unasked)
    {
        var required = expectations.Where(expectation => !expectation.IsOptional).ToArray();
        var answers = new int[findings.Count];
        System.Array.Fill(answers, -1);
        var missing = new List<Expectation>();
        for (var index = 0; index < required.Length; index++)
            if (!Place(index, new bool[findings.Count]))
                missing.Add(required[index]);

        var asked = expectations.SelectMany(expectation => expectation.Ids).ToHashSet();
        var left = findings
            .Where((_, index) => answers[index] < 0)
            // A finding that the user never sees is no fault; a test that wants it suppressed says so.
            .Where(finding => !finding.IsSuppressed)
            .Where(finding => !expectations.Any(expectation => expectation.IsOptional && expectation.Accepts(finding)))
            .Where(finding => asked.Contains(finding.Id) || !unasked.Contains(finding.Id))
            .ToImmutableArray();
        return new MatchResult([.. missing], left, Pair(missing, [.. findings.Where((_, index) => answers[index] < 0)]));

        bool Place(int expectation, bool[] tried)
        {
            for (var index = 0; index < findings.Count; index++)
            {
                if (tried[index] || !required[expectation].Accepts(findings[index]))
                    continue;
                tried[index] = true;
                if (answers[index] >= 0 && !Place(answers[index], tried))
                    continue;
                answers[index] = expectation;
                return true;
            }

            return false;
        }
    }

    /// <summary>Pairs of one id in one file, nearest first; then pairs of different ids at one place.</summary>
    private static ImmutableArray<NearMiss> Pair(List<Expectation> missing, List<Finding> left)
    {
        var candidates =
            from expectation in missing
            from finding in left
            where finding.Primary.Path == expectation.Place.Path
            let sameId = expectation.Ids.Contains(finding.Id)
            where sameId || expectation.StandsAt(finding.Primary)
            let distance = System.Math.Abs(finding.Primary.Start.Line - expectation.Place.Start.Line)
            orderby sameId descending, distance
            select new NearMiss(expectation, finding);
        var pairs = ImmutableArray.CreateBuilder<NearMiss>();
        foreach (var pair in candidates)
            if (!pairs.Any(taken => taken.Expectation == pair.Expectation || taken.Finding == pair.Finding))
                pairs.Add(pair);
        return pairs.ToImmutable();
    }
}
