using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A look-up that returns its result locked is replaced by one that does not lock it.</summary>
internal sealed class UnlockedLookUp : IOperator
{
    public string Name => "look up without the lock";

    public string Breaks => "the result is used and released as if it were locked";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Sites.Where(s => s.Contract.Effects.Any(e => e.Kind == EffectKind.Takes && e.Path.StartsWith("return."))))
        {
            foreach (var twin in site.Method.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(twin => IsTwin(twin, site.Method)))
            {
                var text = $"{twin.ContainingType.Name}.{twin.Name}({site.Call.ArgumentList.Arguments[0]})";
                yield return new Mutant(Name, body, site.Call, $"{text} for {site}", [Edit.Replace(site.Call, text)]);
            }
        }
    }

    private static bool IsTwin(IMethodSymbol twin, IMethodSymbol method)
        => twin.Parameters.Length == 1 && Contract.Of(twin).Effects.IsEmpty
            && SymbolEqualityComparer.Default.Equals(twin.ReturnType, method.ReturnType)
            && SymbolEqualityComparer.Default.Equals(twin.Parameters[0].Type, method.Parameters[0].Type);
}
