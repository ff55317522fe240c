using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Package.Tests.Tooling;
using Xunit;

namespace MmLock.Package.Tests;

/// <summary>
/// The analyzer as it lies in the package, loaded into the oldest Roslyn that it promises to work in. The compiler of that
/// version comes with no SDK that the tests could ask for, so its library stands in for it.
/// </summary>
public sealed class FloorTests(PackedProduct product)
{
    [Fact]
    public async Task Floor_FindsWhatTheNewestFinds()
    {
        Assert.SkipUnless(
            typeof(CSharpCompilation).Assembly.GetName().Version == new Version(4, 14, 0, 0), "The tests host another Roslyn.");
        var source = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Consumers", "Violating", "Bank.cs.txt"), TestContext.Current.CancellationToken);
        var analyzers = new AnalyzerFileReference(
            Path.Combine(product.Unpacked, "analyzers", "dotnet", "cs", "MmLock.Analyzers.dll"), new Loader());
        var found = await Compile(source)
            .WithAnalyzers(analyzers.GetAnalyzers(LanguageNames.CSharp))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["MML1001", "MML2003", "MML2006"],
            found.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info).Select(diagnostic => diagnostic.Id).Order());
    }

    private CSharpCompilation Compile(string source)
    {
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location));
        return CSharpCompilation.Create(
            "Violating",
            [CSharpSyntaxTree.ParseText(source, path: "Bank.cs")],
            framework.Append(Path.Combine(product.Unpacked, "lib", "netstandard2.0", "MmLock.Annotations.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
