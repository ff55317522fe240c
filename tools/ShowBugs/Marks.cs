using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MmLock.ShowBugs;

/// <summary>What a file says will be found on one of its lines: one of these ids.</summary>
internal sealed record Mark(Place Place, IReadOnlyList<string> Ids, bool IsOptional)
{
    public bool Fits(Finding finding) => finding.Place == Place && Ids.Contains(finding.Id);

    public override string ToString() => $"{string.Join(" or ", Ids)} at {Place}";
}

/// <summary>Reads the marks: <c>//~ MML2001</c> at the end of a line.</summary>
internal static class Marks
{
    private const string Sign = "//~";

    public static IEnumerable<Mark> Of(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            var sign = lines[i].IndexOf(Sign, StringComparison.Ordinal);
            if (sign < 0)
                continue;
            var text = lines[i][(sign + Sign.Length)..];
            foreach (var word in text.TrimStart('?').Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return new Mark(new Place(file, i + 1), word.Split('|'), text.StartsWith('?'));
        }
    }
}
