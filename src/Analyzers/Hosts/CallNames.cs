using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Hosts;

/// <summary>By which words of the source can a member be called?</summary>
internal static class CallNames
{
    /// <summary>Stands for what is called without a word for it; every body may do so.</summary>
    public const string Unspoken = "*";

    /// <summary>The words; several where the language calls the member on its own.</summary>
    public static IEnumerable<string> Of(ISymbol owner)
    {
        switch (owner)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                return [constructor.ContainingType.Name, "new", Unspoken];
            case IMethodSymbol { MethodKind: MethodKind.StaticConstructor or MethodKind.Destructor }:
                return [];
            case IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion }:
            case IMethodSymbol { AssociatedSymbol: IPropertySymbol { IsIndexer: true } }:
                return [Unspoken];
            case IMethodSymbol { AssociatedSymbol: { } member }:
                return [Last(member.Name)];
            case IMethodSymbol method:
                var name = Last(method.Name);
                return name switch
                {
                    "Dispose" or "DisposeAsync" => [name, "using", "foreach"],
                    "GetEnumerator" or "MoveNext" or "GetAsyncEnumerator" or "MoveNextAsync" => [name, "foreach"],
                    "Deconstruct" or "GetAwaiter" or "GetResult" or "Slice" => [name, Unspoken],
                    "Add" => [name, "new", Unspoken],
                    _ => [name],
                };
            default:
                return [];
        }
    }

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
