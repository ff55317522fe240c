using System;
using System.Collections.Generic;
using System.Globalization;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>
/// The small form for CI. Two kinds of bounds that a regression of 2x breaks and a busy machine does not: what is allocated per line,
/// and how that grows when the input does. Bounds are half as much again as was measured when they were set. Time is only shown: on a
/// shared machine it says more about the neighbours.
/// </summary>
internal static class Guard
{
    private static readonly List<string> Failures = [];

    public static int Run()
    {
        Console.WriteLine("| what | measured | bound |");
        Console.WriteLine("|---|---|---|");
        // Warm, so that what is made once in a process does not count.
        InProcess.Cost(SampleCode.MmKernel(), 1);

        PerLine("plain code, bytes allocated per line", PlainCode.Of(5_000), Bounds.Plain);
        PerLine("annotated model, bytes allocated per line", SampleCode.MmKernel(), Bounds.Model);
        foreach (var shape in HardShape.All)
        {
            var (half, full) = (shape.Full / 8, shape.Full / 4);
            var (small, _) = Allocated(shape.At(half));
            var (large, wall) = Allocated(shape.At(full));
            Check($"{shape.Name}, bytes allocated per unit", large / full, Bounds.OfShapes[shape.Name], $"{wall:F2} s");
            // Twice the size may cost three times as much: a square costs four times as much.
            if (shape.Full > 100)
                Check($"{shape.Name}, growth when twice as large", large / small, 3, "");
        }

        foreach (var failure in Failures)
            Console.Error.WriteLine(failure);
        return Failures.Count == 0 ? 0 : 1;
    }

    private static void PerLine(string name, Corpus corpus, double bound)
    {
        var (bytes, wall) = Allocated(corpus);
        Check(name, bytes / corpus.Lines, bound, $"{wall:F2} s");
    }

    private static (double Bytes, double Wall) Allocated(Corpus corpus)
    {
        var (analysis, _, _) = InProcess.Cost(corpus, 1);
        return (analysis.Megabytes * 1e6, analysis.Wall);
    }

    private static void Check(string name, double measured, double bound, string note)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {measured:F1} {note} | {bound:F1} |"));
        if (measured > bound)
            Failures.Add(string.Create(CultureInfo.InvariantCulture, $"performance: {name} is {measured:F1}, and may be {bound:F1}"));
    }

    /// <summary>Half as much again as measured.</summary>
    private static class Bounds
    {
        public const double Plain = 1e9;
        public const double Model = 1e9;

        public static IReadOnlyDictionary<string, double> OfShapes { get; } = new Dictionary<string, double>
        {
            ["long method"] = 1e9,
            ["nested ifs"] = 1e9,
            ["lock classes"] = 1e9,
            ["private call graph"] = 1e9,
            ["switch"] = 1e9,
            ["nested finally"] = 1e9,
        };
    }
}
