using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;
using MmLock.Benchmarks.Output;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>Hard shapes against the number that they grow by.</summary>
internal static class Shapes
{
    public static int Run(string[] args)
    {
        var series = new List<Series>();
        Console.WriteLine("| shape | parameter | size | analysis s | compile s | allocated MB | findings | bound met |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var shape in HardShape.All.Where(s => args.Length == 0 || args[0] == "--plot" || s.Name.Contains(args[0])))
        {
            var points = new List<(double, double)>();
            InProcess.Cost(shape.At(Math.Max(2, shape.Full / 8)), 2);
            foreach (int part in new[] { 8, 4, 2, 1 })
            {
                int size = Math.Max(1, shape.Full / part);
                var (analysis, compile, _) = InProcess.Cost(shape.At(size), 3);
                var findings = InProcess.Findings(InProcess.Compile(shape.At(size)));
                points.Add((size, Math.Max(1e-3, analysis.Cpu)));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {shape.Name} | {shape.Parameter} | {size} | {analysis.Cpu:F3} | {compile.Cpu:F3} | {analysis.Megabytes:F1} | {findings.Count(static d => d.Id != "MML9006")} | {Bounds(findings)} |"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shape.Name} | exponent | | {Fit.Exponent(points):F2} | | | | |"));
            series.Add(new(shape.Name, points));
        }

        if (args.Contains("--plot"))
        {
            Directory.CreateDirectory(Path.Combine(Sdk.Repository, "docs", "images"));
            Plot.Write(
                Path.Combine(Sdk.Repository, "docs", "images", "hard-shapes.svg"), "Analysis time of hard shapes", "parameter",
                "processor seconds", series);
        }

        return 0;
    }

    /// <summary>What MML9006 says of the body; a dash where all of it was analysed.</summary>
    private static string Bounds(IEnumerable<Diagnostic> findings) =>
        findings.FirstOrDefault(static d => d.Id == "MML9006")?.GetMessage(CultureInfo.InvariantCulture) ?? "-";
}
