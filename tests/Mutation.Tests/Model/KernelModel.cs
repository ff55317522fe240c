using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Mutation.Tests.Model;

/// <summary>What is mutated: <c>samples/MmKernel</c>, compiled once. Every mutant is this compilation with one tree replaced.</summary>
internal sealed class KernelModel
{
    private KernelModel(CSharpCompilation compilation)
    {
        Compilation = compilation;
        Order = DeclaredOrder.Of(compilation);
        Bodies = [.. compilation.SyntaxTrees.SelectMany(BodiesOf)];
    }

    /// <summary>The model as it is.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Who is taken inside whom.</summary>
    public DeclaredOrder Order { get; }

    /// <summary>Every body that the analyzer looks at. What says <c>[NoLockAnalysis]</c> is believed, so no mutant of it could be found.</summary>
    public ImmutableArray<Body> Bodies { get; }

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static KernelModel Load()
    {
        var folder = Path.Combine(Root, "samples", "MmKernel");
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse);
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Name: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(file => !file.Name.StartsWith("bin/", StringComparison.Ordinal) && !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => CSharpSyntaxTree.ParseText(
                SourceText.From(File.ReadAllText(file.File), System.Text.Encoding.UTF8), parse, file.Name));
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        return new KernelModel(CSharpCompilation.Create("MmKernel", trees, References(), options));
    }

    // The trusted assemblies also hold the test's own; only those beside the core library are the framework.
    private static IEnumerable<MetadataReference> References()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == folder)
            .Append(typeof(LockTypeAttribute).Assembly.Location)
            .Select(file => MetadataReference.CreateFromFile(file));
    }

    private IEnumerable<Body> BodiesOf(SyntaxTree tree)
    {
        var model = Compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes()
            .OfType<BaseMethodDeclarationSyntax>()
            .Where(node => node.Body is not null || node.ExpressionBody is not null)
            .Select(node => (Node: node, Symbol: model.GetDeclaredSymbol(node)))
            .Where(method => method.Symbol is { } symbol && !Contract.IsTrusted(symbol))
            .Select(method => new Body(method.Symbol!, method.Node, model, Order));
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Analyzers.sln")))
                return folder;
        }
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
