using System;
using System.Globalization;
using System.IO;
using System.Linq;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>One corpus in this process, round after round: what a change of the engine is tried on.</summary>
internal static class Profile
{
    /// <summary>One cold compile, with samples and with what was jitted for us.</summary>
    public static int Cold(string[] args)
    {
        var folder = CompilerRun.Write(Named.Of(args[0]));
        var trace = Path.Combine(Path.GetTempPath(), "mmlock-benchmarks", "cold.nettrace");
        CompilerRun.Compile(folder, args.Length > 1 ? Enum.Parse<Beside>(args[1]) : Beside.MmLock, trace);
        Sampler.Print(trace);
        return 0;
    }

    public static int Run(string[] args)
    {
        var corpus = Named.Of(args[0]);
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine($"{corpus.Name}: {corpus.Lines} lines");
        for (int i = 0; i < rounds; i++)
        {
            var (analysis, compile, findings) = InProcess.Cost(corpus, 1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"analysis {analysis.Cpu:F2} s cpu, {analysis.Wall:F2} s wall, {analysis.Megabytes:F0} MB; compile {compile.Cpu:F2} s cpu, {compile.Megabytes:F0} MB; {findings} findings"));
        }

        if (args.Contains("-s"))
            Sampler.Print(() => { for (int i = 0; i < rounds; i++) InProcess.Build(InProcess.Compile(corpus), InProcess.Ours); });
        if (args.Contains("-f"))
        {
            foreach (var group in InProcess.Findings(InProcess.Compile(corpus)).GroupBy(static d => d.Id))
                Console.WriteLine($"{group.Count()} {group.Key} {group.First()}");
        }

        return 0;
    }
}
