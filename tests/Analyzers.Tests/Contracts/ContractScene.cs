using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Tests.Contracts;

/// <summary>One compilation and what its annotations say.</summary>
internal sealed class ContractScene
{
    /// <summary>Two lock types that most stories need.</summary>
    public const string Locks = """
        namespace Locks
        {
            [LockType(LockKind.Mutex)] public sealed class Mu { [Acquires] public void Lock() { } [Releases] public void Unlock() { } }
            [LockType(LockKind.Spin)] public sealed class Spin { [Acquires] public void Lock() { } [Releases] public void Unlock() { } }
        }
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(static file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(LockTypeAttribute).Assembly.Location),
    ];

    private ContractScene(CSharpCompilation compilation)
    {
        Compilation = compilation;
        Cache = new(compilation, default);
    }

    public CSharpCompilation Compilation { get; }

    public ContractCache Cache { get; }

    /// <summary>Compiles a text with the annotations in reach; errors are the story's own business.</summary>
    public static ContractScene Of(string text, params MetadataReference[] more) => new(
        CSharpCompilation.Create(
            "Scene",
            [
                CSharpSyntaxTree.ParseText("global using MmLock; global using Locks;\n" + Locks, Options, "Locks.cs"),
                CSharpSyntaxTree.ParseText(text, Options, "Scene.cs"),
            ],
            References.AddRange(more),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)));

    /// <summary>Only a text and the framework.</summary>
    public static ContractScene Bare(string text) => new(
        CSharpCompilation.Create(
            "Bare", [CSharpSyntaxTree.ParseText(text, Options, "Scene.cs")], References.RemoveAt(References.Length - 1),
            new(OutputKind.DynamicallyLinkedLibrary)));

    /// <summary>A scene that uses a compiled text: private members are gone, as in a build.</summary>
    public static ContractScene Using(string library, string text)
    {
        var compiled = CSharpCompilation.Create(
            "Library",
            [
                CSharpSyntaxTree.ParseText("global using MmLock; global using Locks;\n" + Locks, Options),
                CSharpSyntaxTree.ParseText(library, Options),
            ],
            References, new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compiled.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
        return new(
            CSharpCompilation.Create(
                "Scene", [CSharpSyntaxTree.ParseText("using MmLock; using Locks;\n" + text, Options, "Scene.cs")],
                References.Add(MetadataReference.CreateFromImage(image.ToArray())), new(OutputKind.DynamicallyLinkedLibrary)));
    }

    public ISymbol Member(string name)
    {
        var dot = name.LastIndexOf('.');
        var type = Type(name[..dot]);
        return type.GetMembers(name[(dot + 1)..]).Single();
    }

    public INamedTypeSymbol Type(string name) =>
        Compilation.GetTypeByMetadataName(name) ?? throw new InvalidOperationException("no type " + name);

    /// <summary>The contract of the only local function or lambda.</summary>
    public MethodContract Nested()
    {
        var tree = Compilation.SyntaxTrees[^1];
        var model = Compilation.GetSemanticModel(tree);
        var node = tree.GetRoot().DescendantNodes()
            .Single(static node => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        return Cache.Method((IMethodSymbol)(model.GetDeclaredSymbol(node) ?? model.GetSymbolInfo(node).Symbol)!);
    }

    /// <summary>The only local of the scene, from a semantic model of its own.</summary>
    public ISymbol Local(string name)
    {
        var tree = Compilation.SyntaxTrees[^1];
        var node = tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Single(node => node.Identifier.ValueText == name);
        return Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)!;
    }

    public IMethodSymbol MethodSymbol(string name) => (IMethodSymbol)Member(name);

    public MethodContract Method(string name) => Cache.Method(MethodSymbol(name));

    public FieldContract Field(string name) => Cache.Field(Member(name));

    /// <summary>Everything the declaration checks find.</summary>
    public ImmutableArray<ContractProblem> Problems()
    {
        var checks = new DeclarationChecks(Cache);
        return
        [
            .. checks.CheckAssembly(true),
            .. TypeWalk.All(Compilation.Assembly).SelectMany(type => checks.Check(type, true)),
        ];
    }

    /// <summary>The source under each problem of a rule.</summary>
    public string[] Squiggles(string ruleId) =>
    [
        .. Problems().Where(problem => DescriptorOf(problem) == ruleId)
            .OrderBy(static problem => problem.Location.SourceSpan.Start)
            .Select(static problem => problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan)),
    ];

    private static string DescriptorOf(ContractProblem problem) =>
        RuleCatalog.Declarations.Single(rule => rule.Defect == problem.Defect).Find(problem).Descriptor.Id;

    private static CSharpParseOptions Options { get; } = new(LanguageVersion.Latest);
}
