using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Flow;

namespace MmLock.Analyzers.Hosts;

/// <summary>By which words of the source can a member be called?</summary>
internal static class CallNames
{
    // No words: marks for what the language calls on its own.
    private const string Anywhere = "*";
    private const string Bracket = "[";
    private const string Constructor = ".ctor";

    /// <summary>The words; several where the language calls the member on its own.</summary>
    public static IEnumerable<string> Of(ISymbol owner)
    {
        switch (owner)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                return [constructor.ContainingType.Name, "new", Constructor];
            case IMethodSymbol { MethodKind: MethodKind.StaticConstructor or MethodKind.Destructor }:
                return [];
            case IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion }:
                return [Anywhere];
            case IMethodSymbol { AssociatedSymbol: IPropertySymbol { IsIndexer: true } }:
                return [Bracket];
            case IMethodSymbol { AssociatedSymbol: { } member }:
                return [Last(member.Name)];
            case IMethodSymbol method:
                var name = Last(method.Name);
                return name switch
                {
                    "Dispose" or "DisposeAsync" => [name, "using", "foreach"],
                    "GetEnumerator" or "MoveNext" or "GetAsyncEnumerator" or "MoveNextAsync" => [name, "foreach"],
                    "GetAwaiter" or "GetResult" => [name, "await"],
                    "Add" => [name, "new", Bracket],
                    "Slice" => [name, Bracket],
                    "Deconstruct" => [name, Anywhere],
                    _ => [name],
                };
            default:
                return [];
        }
    }

    /// <summary>What a body may call without a word for it.</summary>
    public static IEnumerable<string> Unspoken(TypeBody body, SourceText text)
    {
        yield return Anywhere;
        if (body.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor })
            yield return Constructor;
        for (var i = body.Code.Start; i < body.Code.End; i++)
        {
            if (text[i] == '[')
            {
                yield return Bracket;
                yield break;
            }
        }
    }

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
