using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using MmLock.Benchmarks.Corpora;

namespace MmLock.Benchmarks.Measuring;

/// <summary>The analyzers in this process, warm: what they alone cost.</summary>
internal static class InProcess
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. Sdk.References.Append(Sdk.Annotations).Select(static r => (MetadataReference)MetadataReference.CreateFromFile(r))];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    public static ImmutableArray<DiagnosticAnalyzer> Ours => [new LockFlowAnalyzer(), new DeclarationAnalyzer()];

    private static DiagnosticAnalyzer Empty { get; } =
        (DiagnosticAnalyzer)Activator.CreateInstance(Assembly.LoadFrom(EmptyAnalyzer.Path).GetType("Empty")!)!;

    public static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    public static CSharpCompilation Compile(Corpus corpus) => CSharpCompilation.Create(
        "benchmark",
        corpus.Files.Select(static f => Parse(f.Path, f.Text)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static CompilationWithAnalyzers Hosted(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent = true) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), Failed, concurrentAnalysis: concurrent, logAnalyzerExecutionTime: false));

    /// <summary>Everything that a build asks for, the compiler's own diagnostics included; how many findings are ours.</summary>
    public static int Build(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent = true) =>
        Hosted(compilation, analyzers, concurrent).GetAllDiagnosticsAsync().GetAwaiter().GetResult()
            .Count(static d => d.Id.StartsWith("MML", StringComparison.Ordinal));

    /// <summary>The findings alone.</summary>
    public static ImmutableArray<Diagnostic> Findings(Compilation compilation) =>
        Hosted(compilation, Ours).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>What our analyzers cost over an empty one, and that compile itself.</summary>
    /// <remarks>Medians by processor time. Every round compiles anew: nothing may be left from the round before.</remarks>
    public static Cost Cost(Corpus corpus, int rounds)
    {
        var with = new List<Usage>();
        var without = new List<Usage>();
        int findings = 0;
        for (int i = 0; i < rounds; i++)
        {
            var compilation = Compile(corpus);
            without.Add(Usage.Of(() => Build(compilation, [Empty])));
            compilation = Compile(corpus);
            with.Add(Usage.Of(() => findings = Build(compilation, Ours)));
        }

        return new(Median(with) - Median(without), Median(without), findings);
    }

    /// <summary>Bytes that our analyzers allocate: with them less with an empty one, on one thread, so that it is the same every time.</summary>
    /// <param name="times">How often they run.</param>
    public static double Allocated(Corpus corpus, int times)
    {
        double with = Analyse(Ours, times), without = Analyse([Empty], times);
        return (with - without) * 1e6;

        double Analyse(ImmutableArray<DiagnosticAnalyzer> analyzers, int runs)
        {
            double megabytes = 0;
            for (int run = 0; run < runs; run++)
            {
                var compilation = Compile(corpus);
                megabytes += Usage.Of(() => Build(compilation, analyzers, concurrent: false)).Megabytes;
            }
            return megabytes;
        }
    }

    /// <summary>
    /// Processor time of our analyzers against that of the compiler's own diagnostics: the cheapest of several rounds each, taken in
    /// turn. Other programs make a round dearer, never cheaper.
    /// </summary>
    public static double Share(Corpus corpus, int times, int rounds)
    {
        double with = double.MaxValue, without = double.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            var compilation = Compile(corpus);
            without = Math.Min(without, Usage.Of(() => Build(compilation, [Empty])).Cpu);
            compilation = Compile(corpus);
            with = Math.Min(with, Usage.Of(() => Build(compilation, Ours)).Cpu);
        }
        return times * (with - without) / without;
    }

    public static Usage Median(IEnumerable<Usage> usages)
    {
        var sorted = usages.OrderBy(static u => u.Cpu).ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Failed(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException(diagnostic.GetMessage(), exception);
}

/// <summary>What the analyzers cost.</summary>
/// <param name="Analysis">With them less without them.</param>
/// <param name="Compile">Without them.</param>
internal readonly record struct Cost(Usage Analysis, Usage Compile, int Findings);
