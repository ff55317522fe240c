using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Contracts;

/// <summary>All types of an assembly, nested ones included.</summary>
internal static class TypeWalk
{
    public static IEnumerable<INamedTypeSymbol> All(IAssemblySymbol assembly)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (next is INamespaceSymbol space)
            {
                foreach (var member in space.GetMembers())
                    pending.Push(member);
                continue;
            }

            var type = (INamedTypeSymbol)next;
            yield return type;
            foreach (var nested in type.GetTypeMembers())
                pending.Push(nested);
        }
    }
}
