using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;
using MmLock.Mutation.Tests.Operators;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>Which mutants are run, and for how long.</summary>
/// <param name="Seed">Decides the sample.</param>
/// <param name="Mutants">How many at most.</param>
/// <param name="Time">After this long no further mutant is begun.</param>
/// <param name="Threads">How many at once.</param>
internal sealed record CampaignOptions(int Seed, int Mutants, TimeSpan Time, int Threads)
{
    /// <summary>
    /// A sample that takes about a minute, or everything: <c>MMLOCK_MUTATION=full</c>. <c>MMLOCK_MUTATION_SEED</c> and
    /// <c>MMLOCK_MUTATION_THREADS</c> are numbers.
    /// </summary>
    public static CampaignOptions FromEnvironment()
    {
        bool full = Environment.GetEnvironmentVariable("MMLOCK_MUTATION") == "full";
        return new CampaignOptions(
            Number("MMLOCK_MUTATION_SEED", 1),
            full ? int.MaxValue : 150,
            full ? TimeSpan.FromHours(12) : TimeSpan.FromSeconds(60),
            Number("MMLOCK_MUTATION_THREADS", Math.Min(4, Environment.ProcessorCount)));
    }

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;
}

/// <summary>Makes the mutants of a model and has them judged.</summary>
internal static class Campaign
{
    public static ImmutableArray<Mutant> MutantsOf(KernelModel model)
        => [.. AllOperators.List.SelectMany(op => model.Bodies.SelectMany(op.Of))];

    public static async Task<Figures> RunAsync(KernelModel model, CampaignOptions options, CancellationToken cancellation)
    {
        var all = MutantsOf(model);
        var sample = all.Length <= options.Mutants ? all : Sample(all, options);
        var verdicts = new ConcurrentBag<Verdict>();
        var clock = Stopwatch.StartNew();
        var judge = new Judge(model);
        var log = Environment.GetEnvironmentVariable("MMLOCK_MUTATION_LOG");
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        await Parallel.ForEachAsync(sample, parallel, async (mutant, token) =>
        {
            if (clock.Elapsed > options.Time)
                return;
            var verdict = await judge.JudgeAsync(mutant, token);
            verdicts.Add(verdict);
            if (log is not null)
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
        lock (typeof(Campaign))
            File.AppendAllText(file, $"{elapsed.TotalSeconds:0} {verdict.Outcome}{(verdict.Mutant.Harmless is { } why ? $" ({why})" : "")} | {verdict.Mutant} | {string.Join(" ; ", verdict.Findings)}\n");
    }
}
