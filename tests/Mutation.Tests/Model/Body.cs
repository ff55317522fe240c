using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MmLock.Mutation.Tests.Model;

/// <summary>A body that mutants are made of, with the calls in it that take, release or count something.</summary>
internal sealed class Body
{
    private ImmutableArray<Site> _sites;

    public Body(IMethodSymbol method, BaseMethodDeclarationSyntax node, SemanticModel model, DeclaredOrder order)
    {
        Method = method;
        Node = node;
        Model = model;
        Order = order;
        Contract = Contract.Of(method);
        Names = new Names(model, node);
    }

    public IMethodSymbol Method { get; }

    public BaseMethodDeclarationSyntax Node { get; }

    public SemanticModel Model { get; }

    public DeclaredOrder Order { get; }

    public Contract Contract { get; }

    public Names Names { get; }

    public string Name => $"{Method.ContainingType.Name}.{Method.Name}";

    public ImmutableArray<Site> Sites => _sites.IsDefault ? _sites = [.. Calls().Select(SiteOf).OfType<Site>()] : _sites;

    /// <summary>What the body's own contract says is held all through, in the body's terms.</summary>
    public IEnumerable<string> HeldThroughout => Contract.Needs.Concat(Contract.Effects.Where(e => e.IsLock).Select(e => e.Path));

    /// <summary>All calls; bodies of lambdas run at another time and are left out.</summary>
    public IEnumerable<InvocationExpressionSyntax> Calls() => Of<InvocationExpressionSyntax>(Node);

    public IEnumerable<T> Of<T>(SyntaxNode node) where T : SyntaxNode
        => node.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax && n is not AttributeListSyntax).OfType<T>();

    public Site? SiteOf(InvocationExpressionSyntax call)
    {
        if (Model.GetOperation(call) is not IInvocationOperation operation)
            return null;
        var contract = Contract.Of(operation.TargetMethod);
        var paths = new CallPaths(this, call, operation);
        return new Site(call, operation.TargetMethod, contract,
            [.. contract.Effects.Select(e => new SiteEffect(e with { Path = paths.Of(e.Path) }, paths.Facts(e.Path)))]);
    }
}
