using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.Samples.Tests;

/// <summary>
/// The solution under its own analyzers, at default severities. They cannot watch the build that makes them, so they look at its
/// sources from here.
/// </summary>
public sealed class SolutionTests
{
    [Theory]
    [InlineData("src/Annotations")]
    [InlineData("src/Analyzers")]
    [InlineData("src/CodeFixes")]
    [InlineData("tests/Analyzers.Tests")]
    [InlineData("tests/Verification")]
    [InlineData("tests/Samples.Tests")]
    [InlineData("tests/Package.Tests")]
    [InlineData("tests/CodeFixes.Tests")]
    [InlineData("tests/Mutation.Tests")]
    [InlineData("tests/Verification.Tests")]
    [InlineData("tests/Benchmarks")]
    [InlineData("tools/ShowBugs")]
    public async Task Project_ReportsNothingButThePlantedMistake(string project)
    {
        var compilation = Compile(project).AddSyntaxTrees(Planted);
        // What does not bind is not analysed, and would be silent for the wrong reason.
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static one => one.Severity == DiagnosticSeverity.Error && NamesLocks(one.Location)).Select(static one => one.ToString()));
        Assert.Equal(["MML2006 at planted.cs"], await Findings(compilation));
    }

    private static CSharpParseOptions Options { get; } = new(LanguageVersion.Latest, preprocessorSymbols: ["RELEASE"]);

    /// <summary>A lock that is left held: looking at these sources in this way does see something.</summary>
    private static SyntaxTree Planted { get; } = CSharpSyntaxTree.ParseText("""
        internal sealed class Planted
        {
            private readonly object _gate = new();
            public void Leave(bool early)
            {
                System.Threading.Monitor.Enter(_gate);
                if (early)
                    return;
                System.Threading.Monitor.Exit(_gate);
            }
        }
        """, Options, "planted.cs");

    /// <summary>A member that does not bind matters where it speaks of locks.</summary>
    private static bool NamesLocks(Location place) =>
        place.SourceTree?.GetRoot().FindNode(place.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantTokens().Any(static token =>
            token.IsKind(SyntaxKind.LockKeyword)
            || token.ValueText is "Monitor" or "SemaphoreSlim" or "ReaderWriterLockSlim" or "Mutex" or "SpinLock"
                && token.Parent is IdentifierNameSyntax { Parent: var parent } name && (parent as MemberAccessExpressionSyntax)?.Name != name);

    private static CSharpCompilation Compile(string project)
    {
        string folder = Path.Combine(Sources.Root, project);
        string name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(folder, "*.csproj").Single());
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            // The corpus of the fixes is made of mistakes, and is data there.
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or "Corpus"))
            .Order(StringComparer.Ordinal)
            .Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file));
        // The project's own assembly is what is compiled here; friends are told by name, and this one bears the project's.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != name)
            .Select(static file => MetadataReference.CreateFromFile(file));
        return CSharpCompilation.Create(name, trees, references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    private static async Task<IEnumerable<string>> Findings(CSharpCompilation compilation)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new LockFlowAnalyzer(), new DeclarationAnalyzer()];
        var all = await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return all.Where(static one => one.Severity >= DiagnosticSeverity.Warning)
            .Select(static one => one.Id + " at " + one.Location.SourceTree?.FilePath).Order(StringComparer.Ordinal);
    }
}
