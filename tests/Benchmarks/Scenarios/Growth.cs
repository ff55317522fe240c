using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;
using MmLock.Benchmarks.Output;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>Time and memory of the analysis against the size of the code.</summary>
internal static class Growth
{
    private static readonly int[] Sizes = [10_000, 30_000, 100_000, 300_000, 1_000_000];

    public static int Run(string[] args)
    {
        int most = args.Select(static a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty(0).Max();
        var kinds = args.Where(static a => a is "plain" or "model").DefaultIfEmpty("").ToList();
        if (kinds[0].Length == 0)
            kinds = ["plain", "model"];
        var times = new List<Series>();
        var memories = new List<Series>();
        Console.WriteLine("| code | lines | analysis s | s per 100 k | allocated MB | compile s (processor) | share |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        InProcess.Cost(PlainCode.Of(10_000), 3);
        InProcess.Cost(ModelCode.Of(20_000), 3);
        foreach (var kind in kinds)
        {
            var time = new List<(double, double)>();
            var memory = new List<(double, double)>();
            foreach (var size in Sizes.Where(s => most == 0 || s <= most))
            {
                var corpus = kind == "plain" ? PlainCode.Of(size) : ModelCode.Of(size);
                var (analysis, compile, _) = InProcess.Cost(corpus, size > 200_000 ? 1 : 3);
                time.Add((corpus.Lines, Math.Max(0.01, analysis.Cpu)));
                memory.Add((corpus.Lines, analysis.Megabytes));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kind} | {corpus.Lines} | {analysis.Cpu:F2} | {analysis.Cpu / corpus.Lines * 100_000:F2} | {analysis.Megabytes:F0} | {compile.Cpu:F2} | {analysis.Cpu / compile.Cpu:F2} |"));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {kind} | exponent | {Fit.Exponent(time):F2} | | {Fit.Exponent(memory):F2} | | |"));
            times.Add(new(kind, time));
            memories.Add(new(kind, memory));
        }

        if (args.Contains("--plot"))
        {
            var docs = Path.Combine(Sdk.Repository, "docs", "images");
            Directory.CreateDirectory(docs);
            Plot.Write(Path.Combine(docs, "growth-time.svg"), "Analysis time against size", "lines", "processor seconds", times);
            Plot.Write(Path.Combine(docs, "growth-memory.svg"), "Memory allocated by the analysis against size", "lines", "MB", memories);
        }

        return 0;
    }
}
