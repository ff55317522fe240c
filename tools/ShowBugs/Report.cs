using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MmLock.ShowBugs;

/// <summary>Shows the findings of one file with the lines they speak of.</summary>
internal static class Report
{
    public static void Write(string file, IEnumerable<Finding> findings)
    {
        var lines = File.ReadAllLines(file);
        Console.WriteLine();
        Console.WriteLine(Repository.NameOf(file));
        Console.WriteLine($"  {Story(lines)}");
        foreach (var finding in findings)
        {
            Console.WriteLine();
            Console.WriteLine($"  {finding.Level} {finding.Id}: {finding.Message}");
            WriteLine(finding.Place, "");
            foreach (var (role, place) in finding.Others)
                WriteLine(place, "   <- " + role + (place.File == file ? "" : $", {Repository.NameOf(place.File)}"));
            if (finding.Others.Count > 0)
                continue;
            foreach (var (index, place) in Declarations.Of(finding).Index())
                WriteLine(place, index == 0 ? $"   <- declared in {Repository.NameOf(place.File)}" : "");
        }
    }

    private static void WriteLine(Place place, string note)
    {
        var code = File.ReadLines(place.File).ElementAtOrDefault(place.Line - 1) ?? "";
        Console.WriteLine($"  {place.Line,6} |  {code.Split("//~")[0].Trim()}{note}");
    }

    /// <summary>The first sentence of the file's own account of the bug.</summary>
    private static string Story(string[] lines)
    {
        var start = Array.FindIndex(lines, line => line.Contains("<summary>", StringComparison.Ordinal));
        var end = Array.FindIndex(lines, line => line.Contains("</summary>", StringComparison.Ordinal));
        return start < 0 || end < start
            ? ""
            : string.Join(" ", lines[start..(end + 1)].Select(line => line.Trim().TrimStart('/').Trim()))
                .Replace("<summary>", "").Replace("</summary>", "").Trim();
    }
}
