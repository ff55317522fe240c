using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MmLock.Mutation.Tests.Model;

/// <summary>What are the lock expressions of a callee called at the call, and what are they?</summary>
internal sealed class CallPaths(Body body, InvocationExpressionSyntax call, IInvocationOperation operation)
{
    private readonly IMethodSymbol _method = operation.TargetMethod.OriginalDefinition;

    /// <summary>The place, named as <see cref="Names"/> names it in the caller.</summary>
    public string Of(string path)
    {
        if (path.StartsWith('@'))
            return path;
        var (root, members) = Split(path);
        return Root(root) is { } at ? at + members : path;
    }

    public LockFacts? Facts(string path)
    {
        if (path.StartsWith('@'))
            return LockFacts.Section(path);
        var parts = path.Split('.');
        if (parts is ["this"])
            return Receiver is { } receiver && body.Model.GetSymbolInfo(receiver).Symbol is { } named ? LockFacts.Of(named) : null;
        var symbol = RootSymbol(parts[0], out var type);
        foreach (var member in parts.Skip(1))
        {
            symbol = type?.GetMembers(member).FirstOrDefault();
            type = TypeOf(symbol);
        }
        return symbol is null ? null : LockFacts.Of(symbol);
    }

    private ExpressionSyntax? Receiver => call.Expression is MemberAccessExpressionSyntax access ? access.Expression : null;

    private string? Root(string root)
    {
        if (root == "this")
            return Receiver is { } receiver ? body.Names.Of(receiver) : "this";
        if (root == "return")
            return Result();
        if (operation.Arguments.FirstOrDefault(a => a.Parameter?.Name == root) is { } argument)
            return argument.Value.Syntax is ExpressionSyntax value ? body.Names.Of(value) : null;
        if (_method.ContainingType.GetMembers(root).FirstOrDefault() is { } member)
            return member.IsStatic ? $"{_method.ContainingType.Name}.{root}" : $"{Root("this")}.{root}";
        return root;
    }

    /// <summary>The local that the result goes to.</summary>
    private string Result() => call.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } => local.Identifier.Text,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax local } => local.Identifier.Text,
        _ => "return",
    };

    private ISymbol? RootSymbol(string root, out ITypeSymbol? type)
    {
        ISymbol? symbol = _method.Parameters.FirstOrDefault(p => p.Name == root)
            ?? _method.ContainingType.GetMembers(root).FirstOrDefault();
        type = root switch
        {
            "return" => _method.ReturnType,
            "this" => _method.ContainingType,
            _ => TypeOf(symbol) ?? body.Model.Compilation.GetTypeByMetadataName($"MmKernel.{root}"),
        };
        return symbol;
    }

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private static (string Root, string Members) Split(string path)
    {
        int dot = path.IndexOf('.');
        return dot < 0 ? (path, "") : (path[..dot], path[dot..]);
    }
}
