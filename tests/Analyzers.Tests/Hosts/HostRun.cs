using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Hosts;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Tests.Hosts;

/// <summary>The flow analyzer under the real driver, with an analysis that only writes down what it is given.</summary>
internal sealed class HostRun : ITypeAnalysis, IProgramAnalysis
{
    /// <summary>The framework, and what the tests are made of.</summary>
    public static ImmutableArray<MetadataReference> Platform { get; } =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Append(typeof(LockTypeAttribute).Assembly.Location)
            .Distinct()
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    private CompilationState? _state;

    public ConcurrentQueue<(string Type, string[] Bodies)> Runs { get; } = new();

    public int ProgramRuns { get; private set; }

    /// <summary>What the analysis of a type does besides.</summary>
    public Action<CompilationState, ImmutableArray<TypeBody>, Action<Finding>>? OnType { get; init; }

    /// <summary>What the end does besides.</summary>
    public Action<CompilationState, Action<Finding>>? OnProgram { get; init; }

    public static CSharpCompilation Compile(params (string Path, string Text)[] files) => CSharpCompilation.Create(
        "hosted",
        files.Select(f => CSharpSyntaxTree.ParseText(f.Text, new CSharpParseOptions(LanguageVersion.Preview), f.Path)),
        Platform,
        new CSharpCompilationOptions(
            files.Any(f => f.Path == "Program.cs") ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true));

    /// <summary>As a build: everything.</summary>
    public Task<ImmutableArray<Diagnostic>> Build(CSharpCompilation compilation) =>
        Hosted(compilation).GetAnalyzerDiagnosticsAsync(TestContextToken);

    /// <summary>As an editor: one file.</summary>
    public Task<ImmutableArray<Diagnostic>> Live(CSharpCompilation compilation, string path)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        return Hosted(compilation)
            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, TestContextToken);
    }

    void ITypeAnalysis.Run(
        INamedTypeSymbol outermost, ImmutableArray<TypeBody> bodies, Action<Finding> report, CancellationToken cancellation)
    {
        Runs.Enqueue((outermost.Name, bodies.Select(b => $"{b.Owner.Name}:{b.Graph(cancellation) is not null}").ToArray()));
        OnType?.Invoke(_state!, bodies, report);
    }

    void IProgramAnalysis.Run(Action<Finding> report, CancellationToken cancellation)
    {
        ProgramRuns++;
        OnProgram?.Invoke(_state!, report);
    }

    /// <summary>The bodies of one type, by name, each with whether it had a graph.</summary>
    public IEnumerable<string> BodiesOf(string type) => Runs.Single(r => r.Type == type).Bodies;

    private static CancellationToken TestContextToken => Xunit.TestContext.Current.CancellationToken;

    private CompilationWithAnalyzers Hosted(CSharpCompilation compilation) => compilation.WithAnalyzers(
        [new LockFlowAnalyzer(state =>
        {
            _state = state;
            return new LockAnalyses(this, this);
        })]);
}
