using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Whose contract does a member inherit, and what does it say there?</summary>
internal static class ContractInheritance
{
    /// <summary>What a method overrides, then what it implements explicitly, then implicitly.</summary>
    public static IEnumerable<IMethodSymbol> BasesOf(IMethodSymbol method, Func<IAssemblySymbol?, bool> isWorthwhile)
    {
        if (method.OverriddenMethod is { } overridden)
            yield return overridden;
        foreach (var declared in method.ExplicitInterfaceImplementations)
            yield return declared;
        if (!method.ExplicitInterfaceImplementations.IsEmpty || !CanImplement(method))
            yield break;
        foreach (var candidate in ImplementedBy(method, isWorthwhile))
            yield return (IMethodSymbol)candidate;
    }

    /// <summary>The properties that a property stands in for.</summary>
    public static IEnumerable<IPropertySymbol> BasesOf(IPropertySymbol property, Func<IAssemblySymbol?, bool> isWorthwhile)
    {
        if (property.OverriddenProperty is { } overridden)
            yield return overridden;
        foreach (var declared in property.ExplicitInterfaceImplementations)
            yield return declared;
        if (property.ExplicitInterfaceImplementations.IsEmpty && property.ContainingType is { TypeKind: not TypeKind.Interface })
        {
            foreach (var candidate in ImplementedBy(property, isWorthwhile))
                yield return (IPropertySymbol)candidate;
        }
    }

    /// <summary>An inherited contract in the words of the heir: members of an interface are what the class has in their place.</summary>
    public static MethodContract Rebind(MethodContract contract, INamedTypeSymbol? heir)
    {
        if (heir is null || heir.TypeKind == TypeKind.Interface)
            return contract;
        return contract with
        {
            Clauses =
            [
                .. contract.Clauses.Select(
                    clause => clause with { Locks = [.. clause.Locks.Select(lockExpression => Rebind(lockExpression, heir))] }),
            ],
            RcuFlavor = contract.RcuFlavor is { } flavor ? Rebind(flavor, heir) : null,
            SameLocks = [.. contract.SameLocks.Select(pair => (Rebind(pair.First, heir), Rebind(pair.Second, heir)))],
        };
    }

    public static LockExpression Rebind(LockExpression expression, INamedTypeSymbol heir)
    {
        if (expression is not PathExpression { Root.Kind: PathRootKind.This } path)
            return expression;
        if (path.Steps.IsEmpty)
            return path with { Type = heir };
        return path.Steps[0] is MemberStep step && MemberLookup.Implementation(heir, step.Member) is { } implementation
            ? path with { Steps = path.Steps.SetItem(0, new MemberStep(MemberLookup.Canonical(implementation))) }
            : expression;
    }

    private static bool CanImplement(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd
            or MethodKind.EventRemove or MethodKind.UserDefinedOperator or MethodKind.Conversion
        && method.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct };

    private static IEnumerable<ISymbol> ImplementedBy(ISymbol member, Func<IAssemblySymbol?, bool> isWorthwhile)
    {
        var type = member.ContainingType;
        foreach (var contract in type.AllInterfaces)
        {
            if (!isWorthwhile(contract.ContainingAssembly))
                continue;
            foreach (var candidate in contract.GetMembers(member.Name))
            {
                if (candidate.Kind == member.Kind
                    && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(candidate), member))
                {
                    yield return candidate;
                }
            }
        }
    }
}
