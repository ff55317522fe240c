using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>What users feel: the whole compile, cold, alone and beside other analyzers, as ratios of one run.</summary>
internal static class WholeCompiles
{
    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        var chosen = Enum.GetValues<Beside>().Where(b => args.Contains(b.ToString())).DefaultIfEmpty().ToList();
        if (chosen is [Beside.Nothing])
            chosen = [.. Enum.GetValues<Beside>()];
        var corpora = args.Skip(1).Where(static a => !Enum.TryParse<Beside>(a, out _)).DefaultIfEmpty("sample");
        Console.WriteLine("| corpus | lines | beside | wall s | ratio | cpu s | ratio | peak MB | ratio | analyzer s per 100 k | findings |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in corpora)
        {
            var corpus = Named.Of(name);
            var folder = CompilerRun.Write(corpus);
            var runs = new Dictionary<Beside, List<CompilerRun>>();
            // Alternating, so that what else the machine does hits all alike; the first round only warms the disk.
            for (int round = 0; round <= rounds; round++)
            {
                foreach (var beside in chosen)
                {
                    var run = CompilerRun.Compile(folder, beside);
                    if (run.Errors > 0)
                        Console.Error.WriteLine($"{name} beside {beside}: {run.Errors} errors");
                    if (round > 0)
                        (runs.TryGetValue(beside, out var list) ? list : runs[beside] = []).Add(run);
                }
            }

            foreach (var (beside, list) in runs)
                Print(corpus.Name, corpus.Lines, beside, list, runs[Against(beside, runs)]);
        }

        return 0;
    }

    /// <summary>Beside the SDK's analyzers the question is what we add to them.</summary>
    private static Beside Against(Beside beside, Dictionary<Beside, List<CompilerRun>> runs) =>
        beside == Beside.SdkAndMmLock && runs.ContainsKey(Beside.Sdk) ? Beside.Sdk
        : runs.ContainsKey(Beside.Nothing) ? Beside.Nothing : beside;

    private static void Print(string name, int lines, Beside beside, List<CompilerRun> runs, List<CompilerRun> against)
    {
        double wall = Median(runs, static r => r.Usage.Wall), cpu = Median(runs, static r => r.Usage.Cpu);
        double memory = Median(runs, static r => r.Usage.Megabytes);
        // The ratio of each round, and of these the median: rounds share what else the machine did.
        double Ratio(Func<CompilerRun, double> of) => MedianOf(runs.Zip(against, (mine, theirs) => of(mine) / of(theirs)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {lines} | {beside} | {wall:F2} | {Ratio(static r => r.Usage.Wall):F2} | {cpu:F2} | {Ratio(static r => r.Usage.Cpu):F2} | {memory:F0} | {Ratio(static r => r.Usage.Megabytes):F2} | {Median(runs, static r => r.AnalyzerSeconds) / lines * 100_000:F2} | {runs[0].Findings} |"));
    }

    private static double Median(IEnumerable<CompilerRun> runs, Func<CompilerRun, double> of) => MedianOf(runs.Select(of));

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
