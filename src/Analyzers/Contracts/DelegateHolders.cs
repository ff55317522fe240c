using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Contracts;

/// <summary>
/// Which members hand out a delegate with a contract? Who calls <c>_handlers[0](page)</c> names neither the delegate's type nor
/// its <c>Invoke</c>.
/// </summary>
internal static class DelegateHolders
{
    /// <summary>Names of the source's members whose declared type mentions one of the delegate types, by names alone.</summary>
    public static IEnumerable<string> InSource(Compilation compilation, ImmutableHashSet<string> delegates, CancellationToken cancellation)
    {
        var trees = compilation.SyntaxTrees.ToArray();
        var found = new HashSet<string>[trees.Length];
        Parallel.For(
            0, trees.Length, new ParallelOptions { CancellationToken = cancellation },
            index =>
            {
                found[index] = new(StringComparer.Ordinal);
                if (trees[index].GetRoot(cancellation) is CompilationUnitSyntax unit)
                    Visit(unit.Members, delegates, found[index]);
            });
        return found.SelectMany(static names => names);
    }

    /// <summary>The type is such a delegate, or is made of one: an array, a dictionary, a task of it.</summary>
    public static bool Mentions(ITypeSymbol? type, ImmutableHashSet<string> delegates) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType, delegates),
        INamedTypeSymbol named => named.TypeKind == TypeKind.Delegate && delegates.Contains(named.Name)
            || named.TypeArguments.Any(argument => Mentions(argument, delegates)),
        _ => false,
    };

    private static void Visit(SyntaxList<MemberDeclarationSyntax> members, ImmutableHashSet<string> delegates, HashSet<string> names)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Visit(space.Members, delegates, names);
                    break;
                case TypeDeclarationSyntax type:
                    foreach (var parameter in type.ParameterList?.Parameters ?? default)
                    {
                        if (Mentions(parameter.Type, delegates))
                            names.Add(parameter.Identifier.ValueText);
                    }

                    Visit(type.Members, delegates, names);
                    break;
                case BaseFieldDeclarationSyntax field when Mentions(field.Declaration.Type, delegates):
                    foreach (var variable in field.Declaration.Variables)
                        names.Add(variable.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property when Mentions(property.Type, delegates):
                    names.Add(property.Identifier.ValueText);
                    break;
                case EventDeclarationSyntax handler when Mentions(handler.Type, delegates):
                    names.Add(handler.Identifier.ValueText);
                    break;
                case MethodDeclarationSyntax method when Mentions(method.ReturnType, delegates) || Takes(method.ParameterList, delegates):
                    names.Add(method.Identifier.ValueText);
                    break;
                case IndexerDeclarationSyntax indexer when Mentions(indexer.Type, delegates):
                    names.Add(SourceScan.Indexer);
                    break;
            }
        }
    }

    private static bool Takes(ParameterListSyntax parameters, ImmutableHashSet<string> delegates)
    {
        foreach (var parameter in parameters.Parameters)
        {
            if (Mentions(parameter.Type, delegates))
                return true;
        }

        return false;
    }

    private static bool Mentions(TypeSyntax? type, ImmutableHashSet<string> delegates)
    {
        foreach (var token in type?.DescendantTokens() ?? [])
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && delegates.Contains(token.ValueText))
                return true;
        }

        return false;
    }
}
