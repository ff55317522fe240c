using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>
/// The small form for CI. Three kinds of bounds, those on bytes half as much again as was measured when they were set, so that a
/// regression of 2x breaks it and a busy machine does not: bytes allocated per line or unit, how they grow when the input does, and
/// processor time against what the compiler itself needs in the same rounds. What the wall clock says is not asked: on a shared
/// machine that is the neighbours.
/// </summary>
internal static class Guard
{
    /// <param name="args"><c>twice</c>: analyses everything twice, which every bound on costs must notice.</param>
    public static int Run(string[] args)
    {
        int times = args.Contains("twice") ? 2 : 1;
        var failures = new List<string>();
        int checks = 0;
        Console.WriteLine("| what | measured | bound |");
        Console.WriteLine("|---|---|---|");

        var sample = SampleCode.MmKernel();
        var plain = PlainCode.Of(10_000);
        // What is made once in a process does not count; symbols of the framework live as long as a compilation does that has them.
        var kept = InProcess.Compile(sample);
        InProcess.Allocated(sample, 1);
        InProcess.Build(kept, InProcess.Ours);

        Check("plain code, bytes per line", InProcess.Allocated(plain, times) / plain.Lines, Bounds.Plain);
        Check("annotated model, bytes per line", InProcess.Allocated(sample, times) / sample.Lines, Bounds.Model);
        foreach (var shape in HardShape.All)
        {
            var (half, full) = (Math.Max(1, shape.Full / 8), Math.Max(2, shape.Full / 4));
            double small = InProcess.Allocated(shape.At(half), times), large = InProcess.Allocated(shape.At(full), times);
            Check($"{shape.Name}, bytes per unit", large / full, Bounds.OfShapes[shape.Name]);
            // Twice the size may cost three times as much: a square costs four times as much.
            if (shape.Full > 100)
                Check($"{shape.Name}, growth when twice as large", large / small, 3, isCost: false);
        }

        Check("annotated model, processor time against the compiler's", InProcess.Share(sample, times, rounds: 7), Bounds.ModelShare);
        GC.KeepAlive(kept);

        foreach (var failure in failures)
            Console.Error.WriteLine(failure);
        Console.WriteLine($"{checks - failures.Count} of {checks} bounds hold");
        return failures.Count == 0 ? 0 : 1;

        void Check(string name, double measured, double bound, bool isCost = true)
        {
            // Twice as much of everything grows as it did before.
            if (times > 1 && !isCost)
                return;
            checks++;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {measured:G4} | {bound:G4} |"));
            if (measured > bound)
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"performance: {name} is {measured:G4}, and may be {bound:G4}"));
        }
    }

    /// <summary>Bytes: half as much again as measured. Lower them when something got cheaper.</summary>
    private static class Bounds
    {
        public const double Plain = 780;
        public const double Model = 8_700;

        // Between the noise of a very busy machine (1.12) and twice the least that was measured (1.39).
        public const double ModelShare = 1.3;

        public static IReadOnlyDictionary<string, double> OfShapes { get; } = new Dictionary<string, double>
        {
            ["long method"] = 20_000,
            ["nested ifs"] = 44_000,
            ["lock classes"] = 113_000,
            ["private call graph"] = 106_000,
            ["switch"] = 63_000,
            ["nested finally"] = 155_000,
        };
    }
}
