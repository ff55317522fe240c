using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;
using MmLock.Mutation.Tests.Operators;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>Makes the mutants of a model and has them judged.</summary>
internal static class Campaign
{
    private static readonly Lock LogGate = new();

    public static ImmutableArray<Mutant> MutantsOf(KernelModel model)
        => [.. AllOperators.List.SelectMany(op => model.Bodies.SelectMany(op.Of))];

    public static async Task<Figures> RunAsync(KernelModel model, CampaignOptions options, CancellationToken cancellation)
    {
        var all = MutantsOf(model);
        if (options.Only is { } only)
            all = [.. all.Where(mutant => Regex.IsMatch(mutant.ToString(), only))];
        var sample = all.Length <= options.Mutants ? all : Sample(all, options);
        var verdicts = new ConcurrentBag<Verdict>();
        var clock = Stopwatch.StartNew();
        var judge = new Judge(model);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        await Parallel.ForEachAsync(sample, parallel, async (mutant, token) =>
        {
            if (clock.Elapsed > options.Time)
                return;
            var verdict = await judge.JudgeAsync(mutant, token);
            verdicts.Add(verdict);
            if (options.Log is { } log)
                Log(log, verdict, clock.Elapsed);
        });
        return new Figures(all.Length, options.Seed, clock.Elapsed, [.. verdicts]);
    }

    private static ImmutableArray<Mutant> Sample(ImmutableArray<Mutant> all, CampaignOptions options)
    {
        var shuffled = all.ToArray();
        new Random(options.Seed).Shuffle(shuffled);
        return [.. shuffled.Take(options.Mutants)];
    }

    private static void Log(string file, Verdict verdict, TimeSpan elapsed)
    {
        var harmless = verdict.Mutant.Harmless is { } why ? $" ({why})" : "";
        var line = $"{elapsed.TotalSeconds:0} {verdict.Outcome}{harmless} | {verdict.Mutant} | {string.Join(" ; ", verdict.Findings)}\n";
        lock (LogGate)
            File.AppendAllText(file, line);
    }
}
