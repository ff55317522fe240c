using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Held;

namespace MmLock.CodeFixes.Ref;

/// <summary>Puts the reference that nobody answers for where the method is left, or before its variable is overwritten.</summary>
internal sealed class PutOnExits : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.PutOnExits];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site[DiagnosticProperties.Lock] is not { } name
            || site.Model.LookupSymbols(site.Position, name: name).FirstOrDefault(static s => s is ILocalSymbol or IParameterSymbol) is not { } variable
            || MemberLookup.TypeOf(variable) is not { } type)
        {
            yield break;
        }

        foreach (var put in Puts(type, name, site).Take(3))
        {
            foreach (var exit in ReleaseOnExits.AtExit(put + ";", site))
                yield return site.Change($"Put with '{put}'", FixKeys.PutOnExits, exit);
        }
    }

    private static IEnumerable<string> Puts(ITypeSymbol type, string name, FindingSite site)
    {
        foreach (var method in MemberLookup.Levels(type).SelectMany(static level => level.GetMembers()).OfType<IMethodSymbol>())
        {
            if (!method.IsStatic && method.Parameters.IsEmpty && Releases(method, RefClause.Receiver, site))
                yield return $"{name}.{method.Name}()";
        }

        foreach (var method in site.StaticMethods())
        {
            if (method.Parameters.Length == 1 && Releases(method, 0, site)
                && site.Model.Compilation.ClassifyCommonConversion(type, method.Parameters[0].Type).IsImplicit)
            {
                yield return $"{site.Spell(method)}({name})";
            }
        }
    }

    private static bool Releases(IMethodSymbol method, int ordinal, FindingSite site) =>
        site.Contracts.Method(method) is { Clauses.IsEmpty: true, Switches.IsEmpty: true, References: [{ Kind: Analyzers.Model.RefKind.Releases, Outcome: null } clause] }
        && clause.Ordinal == ordinal && site.Model.IsAccessible(site.Position, method);
}
