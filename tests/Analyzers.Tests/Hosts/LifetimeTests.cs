using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Hosts;

/// <summary>Callbacks come in any order on any thread, and one analyzer serves many compilations: neither may show.</summary>
public sealed class LifetimeTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Shared = [new LockFlowAnalyzer(), new DeclarationAnalyzer()];

    [Fact]
    public async Task Findings_AreTheSameInEveryRunAndOnOneThread()
    {
        var expected = await Findings(Program(), concurrent: false);

        Assert.Contains(expected, static f => f.Contains("MML1002", StringComparison.Ordinal));
        Assert.Contains(expected, static f => f.Contains("MML2006", StringComparison.Ordinal));
        Assert.Contains(expected, static f => f.Contains("MML2004", StringComparison.Ordinal));
        for (int run = 0; run < 6; run++)
            Assert.Equal(expected, await Findings(Program(), concurrent: true));
    }

    [Fact]
    public async Task ManyCompilationsAtOnce_DoNotDisturbEachOther()
    {
        var expected = await Findings(Program(), concurrent: true);

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Findings(Program(), concurrent: true))));

        Assert.All(all, found => Assert.Equal(expected, found));
    }

    [Fact]
    public async Task NothingOutlivesItsCompilation()
    {
        var (compilation, tree) = await AnalyseAndForget();

        // The driver ends on threads of its own; it lets go a moment later.
        for (int attempt = 0; attempt < 100 && (compilation.IsAlive || tree.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(compilation.IsAlive);
        Assert.False(tree.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(WeakReference Compilation, WeakReference Tree)> AnalyseAndForget()
    {
        var compilation = Program();
        var found = await Findings(compilation, concurrent: true);
        Assert.NotEmpty(found);
        return (new(compilation), new(compilation.SyntaxTrees[0]));
    }

    private static async Task<string[]> Findings(Compilation compilation, bool concurrent)
    {
        var hosted = compilation.WithAnalyzers(
            Shared, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrent, logAnalyzerExecutionTime: false));
        var found = await hosted.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found.Select(static d => $"{d} [{string.Join(", ", d.AdditionalLocations.Select(static l => l.GetLineSpan().ToString()))}]")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Forty types that call into each other: rings of order, leaks, guards, private callees, a finding in every one.</summary>
    private static CSharpCompilation Program()
    {
        var files = new List<(string, string)>();
        for (int i = 0; i < 40; i++)
        {
            var text = $$"""
                using MmLock;
                public static partial class Parts
                {
                    public static readonly object L{{i}} = new();
                }
                public class Part{{i}}
                {
                    private readonly object _gate = new();
                    [GuardedBy("_gate")] private int _count;
                    public void Ring() { lock (Parts.L{{i}}) { lock (Parts.L{{(i + 1) % 40}}) { Step(); } } }
                    public void Leak(bool b) { System.Threading.Monitor.Enter(_gate); if (b) return; System.Threading.Monitor.Exit(_gate); }
                    public void Bare() => _count++;
                    public void Right() { lock (_gate) Step(); }
                    private void Step() { if (_count > 0) Other(); }
                    private void Other() => new Part{{(i + 7) % 40}}().Right();
                }
                """;
            files.Add(($"Part{i}.cs", text));
        }

        return HostRun.Compile([.. files]);
    }
}
