using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which of some names did the user probably mean?</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits, if they are few enough to be a slip; null otherwise.</summary>
    public static string? Find(string wanted, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = Math.Max(2, wanted.Length / 2);
        foreach (var candidate in candidates)
        {
            var distance = Distance(wanted, candidate, limit);
            if (distance < limit || (distance == limit && best is null))
                (best, limit) = (candidate, distance);
        }

        return best;
    }

    private static int Distance(string first, string second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit)
            return int.MaxValue;
        var previous = new int[second.Length + 1];
        var current = new int[second.Length + 1];
        for (var column = 0; column <= second.Length; column++)
            previous[column] = column;
        for (var row = 1; row <= first.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= second.Length; column++)
            {
                // A difference in case alone counts half a slip; there are no halves, so it is none at all.
                var same = char.ToUpperInvariant(first[row - 1]) == char.ToUpperInvariant(second[column - 1]);
                current[column] = Math.Min(
                    Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[second.Length];
    }
}
