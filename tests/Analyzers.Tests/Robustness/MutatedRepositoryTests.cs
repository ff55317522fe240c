using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Robustness;

/// <summary>Runs alone: it measures memory.</summary>
[CollectionDefinition(nameof(MutatedRepositoryTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// This repository's own code with tokens deleted, names exchanged, members and statements shuffled: no exception, no hang, no
/// growth of memory. <c>MMLOCK_ROBUSTNESS_SECONDS</c> (default 30) says how long, <c>MMLOCK_ROBUSTNESS_SEED</c> from where.
/// </summary>
[Collection(nameof(MutatedRepositoryTests))]
public sealed class MutatedRepositoryTests
{
    // Far beyond what an analysis takes on a busy machine.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private const long MayGrow = 100L << 20;

    // A new compilation costs more than to ask for a few files of it.
    private const int FilesAtOnce = 6;

    [Fact]
    public async Task Mutants_AreAnalysed()
    {
        var budget = TimeSpan.FromSeconds(Setting("MMLOCK_ROBUSTNESS_SECONDS", 30));
        var seed = Setting("MMLOCK_ROBUSTNESS_SEED", 1);
        var clock = Stopwatch.StartNew();
        var count = 0;
        long settled = 0;
        while (clock.Elapsed < budget)
        {
            await Analyse(seed, count++);
            if (settled == 0 && clock.Elapsed > budget / 3)
                settled = GC.GetTotalMemory(forceFullCollection: true);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - settled;
        TestContext.Current.SendDiagnosticMessage($"{count} mutants, memory grew by {grown >> 20} MiB");
        Assert.True(settled == 0 || grown < MayGrow, $"{count} mutants left {grown >> 20} MiB behind");
    }

    private static async Task Analyse(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var original = RepositorySources.All[random.Next(RepositorySources.All.Length)];
        var (compilation, story) = (original, $"seed {seed}, mutant {number}");
        var mutants = ImmutableArray.CreateBuilder<SyntaxTree>();
        foreach (var index in Enumerable.Range(0, original.SyntaxTrees.Length).OrderBy(_ => random.Next()).Take(FilesAtOnce))
        {
            var tree = original.SyntaxTrees[index];
            var (change, text) = Mutation.Of(tree, random);
            mutants.Add(tree.WithChangedText(text));
            compilation = compilation.ReplaceSyntaxTree(tree, mutants[^1]);
            story += $"; {tree.FilePath}, {change}";
        }

        var analysis = Task.Run(() => Analyse(compilation, mutants.ToImmutable(), whole: number % 16 == 5));
        if (await Task.WhenAny(analysis, Task.Delay(Hang, TestContext.Current.CancellationToken)) != analysis)
            Assert.Fail($"{story}: still at work after {Hang}");
        Assert.True(await analysis is not { } crash, $"{story}: {await analysis}");
    }

    /// <summary>The exception of an analyzer, if there is one: of the files as an editor asks, or of all as a build does.</summary>
    private static async Task<Exception?> Analyse(CSharpCompilation compilation, ImmutableArray<SyntaxTree> mutants, bool whole)
    {
        var crashes = new ConcurrentQueue<Exception>();
        var host = new CompilationWithAnalyzers(
            compilation,
            ImmutableArray.Create<DiagnosticAnalyzer>(new DeclarationAnalyzer(), new LockFlowAnalyzer()),
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (cause, _, _) => crashes.Enqueue(cause),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: false));
        if (whole)
            await host.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        foreach (var mutant in mutants.Where(_ => !whole))
            await host.GetAnalyzerSemanticDiagnosticsAsync(host.Compilation.GetSemanticModel(mutant), null, CancellationToken.None);
        return crashes.FirstOrDefault();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
