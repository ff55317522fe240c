using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>The lock of another object of the same type is taken or released, or another object's reference.</summary>
internal sealed class WrongObject : IOperator
{
    public string Name => "wrong object";

    public string Breaks => "one object's lock or reference is out of balance, and the other's too";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(site => site.Statement is not null && site.Effects.Length > 0))
        {
            foreach (var name in Roots(site.Call).Where(name => IsAtStake(body, site, name)))
            {
                if (body.Model.GetSymbolInfo(name).Symbol is not { } symbol || TypeOf(symbol) is not { } type)
                    continue;
                foreach (var other in body.Model.LookupSymbols(name.SpanStart)
                    .Where(s => s.Name != symbol.Name && TypeOf(s) is { } t && SymbolEqualityComparer.Default.Equals(t, type)))
                {
                    yield return new Mutant(Name, body, name, $"{other.Name} for {symbol.Name} in {site}", [Edit.Replace(name, other.Name)])
                    {
                        Harmless = Harmless.OneObject(body, symbol, other) ?? Harmless.KnownNull(body, other, name),
                    };
                }
            }
        }
    }

    /// <summary>Where the paths of a call begin: its receiver and its arguments.</summary>
    private static IEnumerable<IdentifierNameSyntax> Roots(InvocationExpressionSyntax call)
        => call.ArgumentList.Arguments.Select(a => a.Expression)
            .Append(call.Expression is MemberAccessExpressionSyntax access ? access.Expression : null)
            .Select(Root).OfType<IdentifierNameSyntax>();

    /// <summary>Does any effect of the call go by this name? Other arguments can be anything.</summary>
    private static bool IsAtStake(Body body, Site site, IdentifierNameSyntax name)
    {
        var path = body.Names.Of(name);
        return site.Effects.Any(e => e.Effect.Path == path || e.Effect.Path.StartsWith(path + ".", System.StringComparison.Ordinal));
    }

    private static IdentifierNameSyntax? Root(ExpressionSyntax? expression) => expression switch
    {
        IdentifierNameSyntax name => name,
        MemberAccessExpressionSyntax access => Root(access.Expression),
        _ => null,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };
}
