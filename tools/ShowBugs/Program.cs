using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MmLock.ShowBugs;

/// <summary>
/// Builds samples/HistoricBugs, which fails on purpose, and shows what the analyzer said about one thread's bugs: id, message,
/// the line, and the other place. Ends well when the findings are those marked in the files.
/// </summary>
public static class Program
{
    /// <summary>The command line: the folder to show, or <c>all</c>; the first thread by default.</summary>
    public static int Main(string[] args)
    {
        var bugs = Repository.PathOf("samples", "HistoricBugs");
        var asked = args.FirstOrDefault() ?? "LruLock";
        var folders = Directory.GetDirectories(bugs)
            .Where(folder => Directory.GetFiles(folder, "*.cs").Any(file => Marks.Of(file).Any()))
            .Where(folder => asked == "all" || Path.GetFileName(folder) == asked)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (folders.Count == 0)
        {
            Console.Error.WriteLine($"{asked} is no folder of {Repository.NameOf(bugs)}, nor 'all'.");
            return 2;
        }

        Console.WriteLine($"Building {Repository.NameOf(bugs)}, which fails on purpose ...");
        var build = Build.Run(bugs);
        if (build.Findings.Count == 0)
        {
            Console.Error.WriteLine(build.Output);
            Console.Error.WriteLine("The build failed for another reason than it should, or not at all.");
            return 1;
        }

        var shown = build.Findings.Where(finding => folders.Contains(Path.GetDirectoryName(finding.Place.File)!)).ToList();
        foreach (var file in shown.GroupBy(finding => finding.Place.File))
            Report.Write(file.Key, file);
        return Conclude(folders, shown);
    }

    private static int Conclude(List<string> folders, List<Finding> shown)
    {
        var files = folders.SelectMany(folder => Directory.GetFiles(folder, "*.cs")).ToList();
        var marks = files.SelectMany(Marks.Of).ToList();
        var missed = marks.Where(mark => !mark.IsOptional && !shown.Exists(mark.Fits)).ToList();
        var extra = shown.Where(finding => !marks.Exists(mark => mark.Fits(finding))).ToList();

        Console.WriteLine();
        Console.WriteLine($"{shown.Count} findings in {shown.Select(f => f.Place.File).Distinct().Count()} files of "
            + $"{string.Join(", ", folders.Select(Path.GetFileName))}; "
            + (missed.Count + extra.Count == 0
                ? "exactly those marked."
                : $"{missed.Count} marked but not found, {extra.Count} found but not marked:"));
        foreach (var mark in missed)
            Console.WriteLine($"  missed {mark}");
        foreach (var finding in extra)
            Console.WriteLine($"  extra  {finding.Id} at {finding.Place}");
        return missed.Count + extra.Count == 0 ? 0 : 1;
    }
}
