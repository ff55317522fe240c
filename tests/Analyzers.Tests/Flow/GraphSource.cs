using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>A source text with marked places (<c>[|...|]</c>) and the real control-flow graphs of its bodies.</summary>
internal sealed class GraphSource
{
    private static readonly ImmutableArray<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    private readonly SemanticModel _model;

    private GraphSource(string marked, bool topLevel)
    {
        var (text, spans) = Unmark(marked);
        Text = text;
        Marked = spans;
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
        var compilation = CSharpCompilation.Create(
            "graphs",
            [tree],
            References,
            new CSharpCompilationOptions(
                topLevel ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        _model = compilation.GetSemanticModel(tree);
    }

    public string Text { get; }

    public ImmutableArray<TextSpan> Marked { get; }

    /// <summary>A method body, in a class with a few things to call.</summary>
    public static GraphSource OfBody(string statements, string returns = "void") =>
        OfMember($"{returns} M() {{ {statements}\n}}");

    /// <summary>A member named M.</summary>
    public static GraphSource OfMember(string member) => new(
        $$"""
        #nullable disable
        #pragma warning disable
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        class Parent { protected Parent(int x = 0) { } }
        class C : Parent
        {
            bool a, b, c; int i; object o; string s; C next; int[] xs; List<(int, int)> pairs; IAsyncEnumerable<int> later;
            void x() { } void y() { } bool p(object v = null) => true; IDisposable open() => null; Task wait() => null;
            {{member}}
        }
        """,
        topLevel: false);

    /// <summary>Top-level statements.</summary>
    public static GraphSource OfProgram(string text) => new(text, topLevel: true);

    /// <summary>The graph of the member named M and of every function inside it, each with the root it belongs to.</summary>
    public IEnumerable<(ControlFlowGraph Graph, SyntaxNode Root)> Graphs()
    {
        foreach (var node in _model.SyntaxTree.GetRoot().DescendantNodesAndSelf())
        {
            if (_model.GetOperation(node) is { Parent: null } operation && IsSubject(node) && Create(operation) is { } graph)
            {
                foreach (var one in WithNested(graph, node))
                    yield return one;
            }
        }
    }

    private bool IsSubject(SyntaxNode node) => _model.GetEnclosingSymbol(node.Span.End - 1) is { } symbol
        && (_model.GetDeclaredSymbol(node) ?? symbol) is var owner
        && owner.ContainingType?.Name != "Parent"
        && owner.Name is "M" or "get_M" or "set_M" or "<Main>$" or ".ctor";

    private static ControlFlowGraph? Create(IOperation operation) => operation switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body),
        IBlockOperation block => ControlFlowGraph.Create(block),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        _ => null,
    };

    private static IEnumerable<(ControlFlowGraph Graph, SyntaxNode Root)> WithNested(ControlFlowGraph graph, SyntaxNode root)
    {
        yield return (graph, root);
        foreach (var local in graph.LocalFunctions)
        {
            var nested = graph.GetLocalFunctionControlFlowGraph(local);
            foreach (var one in WithNested(nested, nested.OriginalOperation.Syntax))
                yield return one;
        }

        var lambdas = graph.Blocks
            .SelectMany(b => b.Operations.Concat(b.BranchValue is { } value ? [value] : []))
            .SelectMany(o => o.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>();
        foreach (var lambda in lambdas)
        {
            var nested = graph.GetAnonymousFunctionControlFlowGraph(lambda);
            foreach (var one in WithNested(nested, nested.OriginalOperation.Syntax))
                yield return one;
        }
    }

    private static (string Text, ImmutableArray<TextSpan> Spans) Unmark(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<int>();
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("[|"))
                open.Push(text.Length);
            else if (marked.AsSpan(i).StartsWith("|]"))
                spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
            else
            {
                text.Append(marked[i]);
                continue;
            }

            i++;
        }

        return (text.ToString(), spans.ToImmutable());
    }
}
