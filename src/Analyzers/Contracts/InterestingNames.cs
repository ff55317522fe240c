using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>Names whose appearance in a body makes it worth a look: all that have contracts or guards, and .NET's locks.</summary>
internal static class InterestingNames
{
    public static ImmutableHashSet<string> Collect(
        Compilation compilation, AnnotatedAssemblies assemblies, SourceScan scan, ImmutableArray<ExternalRow> externalRows,
        CancellationToken cancellation)
    {
        if (!assemblies.Any)
            return DotNetLocks.MemberNames;
        var names = DotNetLocks.MemberNames.ToBuilder();
        names.UnionWith(scan.Names);
        names.UnionWith(externalRows.Where(static row => row.Kind != 'T').Select(static row => row.MemberName));

        // Local functions and lambdas with contracts of their own.
        names.UnionWith(KnownTypeNames.Annotations);
        names.UnionWith(KnownTypeNames.Annotations.Select(static name => name + KnownTypeNames.AttributeSuffix));
        var delegates = scan.Delegates.ToBuilder();
        foreach (var assembly in assemblies.References)
        {
            foreach (var type in TypeWalk.All(assembly))
                Add(type, names, delegates);
        }

        if (delegates.Count > 0)
            AddHolders(compilation, assemblies, names, delegates.ToImmutable(), cancellation);
        return names.ToImmutable();
    }

    /// <summary>Names of accessors that only peek at an RCU pointer.</summary>
    public static ImmutableHashSet<string> CollectPeeks(AnnotatedAssemblies assemblies, SourceScan scan)
    {
        var names = scan.Peeks.ToBuilder();
        foreach (var assembly in assemblies.References)
        {
            foreach (var type in TypeWalk.All(assembly))
            {
                foreach (var member in type.GetMembers())
                {
                    if (member is IMethodSymbol method && AttributeReader.Of(method).Any(
                            static word => word.Name == "RcuAccessor" && word.Arguments.Contains("Peek")))
                    {
                        names.Add(method.Name);
                    }
                }
            }
        }

        return names.ToImmutable();
    }

    private static void AddHolders(
        Compilation compilation, AnnotatedAssemblies assemblies, ImmutableHashSet<string>.Builder names,
        ImmutableHashSet<string> delegates, CancellationToken cancellation)
    {
        names.UnionWith(DelegateHolders.InSource(compilation, delegates, cancellation));
        foreach (var assembly in assemblies.References)
        {
            foreach (var type in TypeWalk.All(assembly))
            {
                foreach (var member in type.GetMembers())
                {
                    var held = member is IMethodSymbol method ? method.ReturnType : MemberLookup.TypeOf(member);
                    if (DelegateHolders.Mentions(held, delegates))
                        names.Add(member is IPropertySymbol { IsIndexer: true } ? SourceScan.Indexer : member.Name);
                }
            }
        }
    }

    private static void Add(
        INamedTypeSymbol type, ImmutableHashSet<string>.Builder names, ImmutableHashSet<string>.Builder delegates)
    {
        var words = AttributeReader.Of(type);
        var isGuarded = words.Any(FieldContractReader.IsGuard);
        if (type.TypeKind == TypeKind.Delegate)
        {
            if (type.DelegateInvokeMethod is { } invoke && !AttributeReader.OfMethod(invoke).IsEmpty)
            {
                names.Add(type.Name);
                names.Add(invoke.Name);
                delegates.Add(type.Name);
            }

            return;
        }

        if (isGuarded || words.Any(static word => word.Name == "ScopedLock"))
            names.Add(type.Name);
        foreach (var member in type.GetMembers())
        {
            switch (member)
            {
                case IMethodSymbol method when AttributeReader.OfMethod(method).Any(MethodContractReader.IsContract):
                    AddMethod(method, names);
                    break;
                case IFieldSymbol or IPropertySymbol
                    when isGuarded || AttributeReader.Of(member).Any(
                        static word => FieldContractReader.IsGuard(word) || MethodContractReader.IsContract(word)):
                    names.Add(member.Name);
                    break;
            }
        }
    }

    private static void AddMethod(IMethodSymbol method, ImmutableHashSet<string>.Builder names) => names.Add(
        method.MethodKind switch
        {
            MethodKind.Constructor or MethodKind.StaticConstructor => method.ContainingType.Name,
            MethodKind.UserDefinedOperator or MethodKind.Conversion => SourceScan.Operator,
            _ => method.AssociatedSymbol switch
            {
                IPropertySymbol { IsIndexer: true } => SourceScan.Indexer,
                { } owner => owner.Name,
                null => method.Name,
            },
        });
}
