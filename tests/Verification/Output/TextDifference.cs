using System;
using System.Collections.Generic;
using System.Linq;

namespace MmLock.Verification;

/// <summary>Two texts line by line: what is only expected, what is only there, and what both have.</summary>
internal static class TextDifference
{
    public static string Of(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var common = CommonLengths(left, right);
        var lines = new List<string> { "(- expected, + made by the fix)" };
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                lines.Add("  " + left[i]);
                i++;
                j++;
            }
            else if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add("- " + Visible(left[i++], right));
            else
                lines.Add("+ " + Visible(right[j++], left));
        }

        return string.Join("\n", lines);
    }

    /// <summary>Lengths of the longest common subsequences of the tails that begin at each pair of lines.</summary>
    private static int[,] CommonLengths(string[] left, string[] right)
    {
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
            for (var j = right.Length - 1; j >= 0; j--)
                lengths[i, j] = left[i] == right[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    // Lines that differ in white space alone look equal unless it shows.
    private static string Visible(string line, string[] other)
        => other.Any(candidate => candidate != line && candidate.Trim() == line.Trim())
            ? line.Replace(' ', '·').Replace("\t", "→")
            : line;
}
