using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>What names mean on the declaration that bears an expression.</summary>
/// <param name="Owner">The method, field, property or type that bears it.</param>
/// <param name="Type">The type whose members may be named.</param>
/// <param name="HasThis">There is an object to speak of.</param>
/// <param name="Parameters">The parameters that may be named.</param>
/// <param name="Result">The type of <c>return</c>; null when nothing is returned.</param>
/// <param name="Nested">The local function or lambda, whose contract may name what it captures.</param>
internal sealed record BindingScope(
    ISymbol Owner,
    INamedTypeSymbol? Type,
    bool HasThis,
    ImmutableArray<IParameterSymbol> Parameters,
    ITypeSymbol? Result,
    IMethodSymbol? Nested)
{
    public static BindingScope Of(IMethodSymbol method)
    {
        ISymbol outer = method;
        while (outer is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }
               && outer.ContainingSymbol is { } next)
        {
            outer = next;
        }

        var isNested = method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return new(method, method.ContainingType.ContainingType, false, method.Parameters, ResultOf(method), null);
        }

        return new(
            method, method.ContainingType, !outer.IsStatic, method.Parameters, ResultOf(method), isNested ? method : null);
    }

    /// <summary>For a field, property or event.</summary>
    public static BindingScope OfMember(ISymbol member) =>
        new(member, member.ContainingType, !member.IsStatic, [], null, null);

    /// <summary>For a declared order: it is about classes, so a static lock may name one that objects have.</summary>
    public static BindingScope OfEdge(ISymbol member) => OfMember(member) with { HasThis = true };

    public static BindingScope OfType(INamedTypeSymbol type) => new(type, type, !type.IsStatic, [], null, null);

    /// <summary>For the attributes of an assembly.</summary>
    public static BindingScope OfAssembly(IAssemblySymbol assembly) => new(assembly, null, false, [], null, null);

    private static ITypeSymbol? ResultOf(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor || method.ReturnsVoid)
            return null;

        // What an asynchronous method returns is what its caller gets from the await.
        return method.ReturnType is INamedTypeSymbol
        {
            Name: "Task" or "ValueTask", Arity: 1,
            ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" },
        } task
            ? task.TypeArguments[0]
            : method.ReturnType;
    }
}
