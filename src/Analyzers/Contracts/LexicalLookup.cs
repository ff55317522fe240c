using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Contracts;

/// <summary>What does a simple name mean at a place in the source, as C# itself would look it up there?</summary>
/// <remarks>The one place that makes semantic models: usings and captured locals can be had in no other way, and few
/// expressions begin with a type or a captured local.</remarks>
internal sealed class LexicalLookup(Compilation compilation, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>A local or parameter that a local function or lambda captures.</summary>
    public ISymbol? Captured(IMethodSymbol nested, string name)
    {
        for (ISymbol? outer = nested.ContainingSymbol; outer is IMethodSymbol method; outer = outer.ContainingSymbol)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name == name)
                    return parameter;
            }
        }

        if (nested.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } syntax)
            return null;
        var position = syntax switch
        {
            LocalFunctionStatementSyntax { Body: { } body } => body.SpanStart,
            LocalFunctionStatementSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
            LocalFunctionStatementSyntax local => local.Identifier.SpanStart,
            AnonymousFunctionExpressionSyntax { Body: { } body } => body.SpanStart,
            _ => syntax.SpanStart,
        };
        return At(syntax.SyntaxTree, position, name).FirstOrDefault(static symbol => symbol is ILocalSymbol);
    }

    /// <summary>Types and namespaces of that name at an attribute.</summary>
    public ImmutableArray<INamespaceOrTypeSymbol> Types(SyntaxReference place, string name, int arity) =>
        [
            .. Model(place.SyntaxTree)?.LookupNamespacesAndTypes(place.Span.Start, name: name)
                .Select(static symbol => symbol is IAliasSymbol alias ? alias.Target : symbol)
                .OfType<INamespaceOrTypeSymbol>()
                .Where(symbol => symbol is not INamedTypeSymbol type || type.Arity == arity) ?? [],
        ];

    /// <summary>The receiver parameter of the extension block around an attribute.</summary>
    public IParameterSymbol? ExtensionReceiver(SyntaxReference place, string name) =>
        At(place.SyntaxTree, place.Span.Start, name).OfType<IParameterSymbol>()
            .FirstOrDefault(static parameter => parameter.ContainingSymbol is INamedTypeSymbol);

    private ImmutableArray<ISymbol> At(SyntaxTree tree, int position, string name) =>
        Model(tree)?.LookupSymbols(position, name: name) ?? [];

    private SemanticModel? Model(SyntaxTree tree) => compilation.ContainsSyntaxTree(tree)
#pragma warning disable RS0030 // see the remarks
        ? _models.GetOrAdd(tree, key => compilation.GetSemanticModel(key))
#pragma warning restore RS0030
        : null;
}
