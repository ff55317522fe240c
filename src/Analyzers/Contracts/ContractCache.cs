using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;

namespace MmLock.Analyzers.Contracts;

/// <summary>What do the annotations and the .NET table say about a symbol? Read once per symbol per compilation.</summary>
internal sealed class ContractCache(Compilation compilation, CancellationToken cancellation)
{
    public Compilation Compilation { get; } = compilation;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The declared order of lock classes.</summary>
    public DeclaredOrder Order { get; } = new();

    /// <summary>Names whose appearance in a body makes it worth a look.</summary>
    public ImmutableHashSet<string> InterestingNames => [];

    /// <summary>The contract of a method, own, inherited or external.</summary>
    /// <param name="receiverType">The static type of the receiver: some rows of the table speak of one type only.</param>
    public MethodContract Method(IMethodSymbol method, ITypeSymbol? receiverType = null) => MethodContract.None;

    /// <summary>The contract that a delegate type gives to what it calls.</summary>
    public MethodContract DelegateContract(INamedTypeSymbol delegateType) => MethodContract.None;

    /// <summary>The guards of a field, property or captured parameter.</summary>
    public FieldContract Field(ISymbol fieldOrProperty) => FieldContract.None;

    /// <summary>What instances of a type are as locks; null for plain objects.</summary>
    public LockType? LockTypeOf(ITypeSymbol type) => null;

    /// <summary>The lock class of what a member, parameter or local holds.</summary>
    public LockClass? ClassOf(ISymbol member) => null;

    /// <summary>The class that a type gives to its instances.</summary>
    public LockClass? ClassOfType(ITypeSymbol type) => null;

    /// <summary>The class of a monitor on a value of that type.</summary>
    public LockClass? MonitorClassOf(ITypeSymbol type) => null;

    /// <summary>The class of a name; one without a declaration where only a hierarchy knows it.</summary>
    public LockClass? FindClass(string name) => null;

    public bool IsScopedGuard(ITypeSymbol type) => false;

    public bool IsRefCounted(ITypeSymbol type) => false;

    /// <summary>False under <c>[NoLockAnalysis]</c>.</summary>
    public bool IsAnalysed(ISymbol bodyOwner) => true;

    /// <summary>Nothing of ours is written on the member or its type.</summary>
    public bool IsPlainDotNetLock(ISymbol member) => true;

    /// <summary>Takes the monitor of its object or type.</summary>
    public bool IsSynchronized(IMethodSymbol method) => false;

    /// <summary>A method of a .NET collection that changes it.</summary>
    public bool IsMutator(IMethodSymbol method) => false;

    /// <summary>Pairs of expressions that name one lock in every instance of the type.</summary>
    public ImmutableArray<(LockExpression First, LockExpression Second)> SameLocks(INamedTypeSymbol type) => [];
}
