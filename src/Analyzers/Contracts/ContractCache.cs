using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>What do the annotations and the .NET table say about a symbol? Read once per symbol per compilation.</summary>
internal sealed class ContractCache
{
    private readonly AnnotatedAssemblies _assemblies;
    private readonly ImmutableArray<ExternalRow> _externalRows;
    private readonly ExternalContracts _external;
    private readonly TypeFacts _types;
    private readonly LockClasses _classes;
    private readonly ConcurrentDictionary<IMethodSymbol, MethodEntry> _methods = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, FieldEntry> _fields = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, TypeEntry> _typeEntries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ConcurrentDictionary<ISymbol, MethodContract>> _byReceiver =
        new(SymbolEqualityComparer.Default);

    /// <summary>The whole assembly is under <c>[NoLockAnalysis]</c>.</summary>
    private readonly bool _isExcused;

    private SourceScan? _scan;
    private ClassIndex? _index;
    private DeclaredOrder? _order;
    private ImmutableHashSet<string>? _names;
    private ImmutableHashSet<string>? _peeks;
    private ImmutableHashSet<string>? _typeNames;

    public ContractCache(Compilation compilation, CancellationToken cancellation)
    {
        Compilation = compilation;
        Cancellation = cancellation;
        _assemblies = new(compilation);
        _externalRows = ExternalContractReader.Rows(compilation.Assembly, _assemblies);
        _external = new(_externalRows);
        _types = new(_assemblies, _external);
        _classes = new(_assemblies, _external, _types);
        Binder = new(this, new(compilation, cancellation));
        _isExcused = _assemblies.IsSourceAnnotated && AttributeReader.Has(compilation.Assembly, "NoLockAnalysis");
    }

    public Compilation Compilation { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Some assembly of the compilation can bear annotations.</summary>
    public bool HasAnnotations => _assemblies.Any;

    /// <summary>The declared order of lock classes.</summary>
    public DeclaredOrder Order =>
        LazyInitializer.EnsureInitialized(ref _order, () => DeclaredOrderReader.Read(this, _assemblies))!;

    /// <summary>Names whose appearance in a body makes it worth a look; <see cref="SourceScan.Indexer"/> and
    /// <see cref="SourceScan.Operator"/> stand for members without one.</summary>
    public ImmutableHashSet<string> InterestingNames =>
        LazyInitializer.EnsureInitialized(ref _names, () => Contracts.InterestingNames.Collect(Compilation, _assemblies, Scan, _externalRows, Cancellation))!;

    /// <summary>Names of accessors whose value may not be followed, wherever it goes.</summary>
    public ImmutableHashSet<string> PeekNames =>
        LazyInitializer.EnsureInitialized(ref _peeks, () => Contracts.InterestingNames.CollectPeeks(_assemblies, Scan))!;

    public LockExpressionBinder Binder { get; }

    public ClassIndex Index =>
        LazyInitializer.EnsureInitialized(ref _index, () => new ClassIndex(Compilation, Scan, _assemblies, _classes, byName: _externalRows.IsEmpty))!;

    private SourceScan Scan =>
        LazyInitializer.EnsureInitialized(
            ref _scan, () => _assemblies.IsSourceAnnotated ? SourceScan.Run(Compilation, Cancellation) : SourceScan.Nothing)!;

    /// <summary>The contract of a method, own, inherited or external.</summary>
    /// <param name="receiverType">The static type of the receiver: some rows of the table speak of one type only.</param>
    public MethodContract Method(IMethodSymbol method, ITypeSymbol? receiverType = null)
    {
        var definition = Definition(method);
        return receiverType is not null && _external.DependsOnReceiver(definition)
            ? _byReceiver.GetOrAdd(definition, static _ => new(SymbolEqualityComparer.Default)).GetOrAdd(
                receiverType, receiver => ReadExternal(definition, (ITypeSymbol)receiver) ?? Entry(definition).Contract)
            : Entry(definition).Contract;
    }

    /// <summary>The contract that a delegate type gives to what it calls.</summary>
    public MethodContract DelegateContract(INamedTypeSymbol delegateType) =>
        delegateType.OriginalDefinition.DelegateInvokeMethod is { } invoke ? Method(invoke) : MethodContract.None;

    /// <summary>The guards of a field, property or captured parameter.</summary>
    public FieldContract Field(ISymbol fieldOrProperty) => FieldEntryOf(DataSymbol(fieldOrProperty)).Contract;

    /// <summary>What instances of a type are as locks; null for plain objects.</summary>
    public LockType? LockTypeOf(ITypeSymbol type) => _types.LockTypeOf(type);

    /// <summary>The lock class of what a member, parameter or local holds.</summary>
    public LockClass? ClassOf(ISymbol member) => _classes.Of(member);

    /// <summary>The lock class of what an expression ends at, or names.</summary>
    public LockClass? ClassOf(LockExpression expression) => _classes.Of(expression);

    /// <summary>What an expression names, as a lock; null where its type cannot be seen.</summary>
    public LockType? TypeOf(LockExpression expression) => expression switch
    {
        ContextExpression => LockType.Section,
        ClassExpression named => named.Class.Type,
        PathExpression { Type: { } type } => LockTypeOf(type) ?? (type.IsReferenceType ? LockType.Monitor : null),
        _ => null,
    };

    /// <summary>The class that a type gives to its instances.</summary>
    public LockClass? ClassOfType(ITypeSymbol type) => _classes.OfType(type);

    /// <summary>The class of a monitor on a value of that type.</summary>
    public LockClass? MonitorClassOf(ITypeSymbol type) => _classes.OfMonitor(type);

    /// <summary>The class of a name; one without a declaration where only a hierarchy knows it.</summary>
    public LockClass? FindClass(string name) =>
        Index.Find(name) ?? (Order.IsTreeName(name) ? new LockClass(name, name, isNamed: true) : null);

    /// <summary>Some lock has the class, or it stands in the declared order by name alone.</summary>
    public bool IsKnownClass(string name) => Index.Find(name) is not null || Order.HasName(name);

    public bool IsScopedGuard(ITypeSymbol type) => _types.IsScopedGuard(type);

    public bool IsRefCounted(ITypeSymbol type) => _types.IsRefCounted(type);

    /// <summary>False under <c>[NoLockAnalysis]</c>.</summary>
    public bool IsAnalysed(ISymbol bodyOwner)
    {
        if (!_assemblies.IsSourceAnnotated)
            return true;
        for (var owner = bodyOwner; owner is not (null or INamespaceSymbol); owner = owner.ContainingSymbol)
        {
            if (owner is INamedTypeSymbol type ? TypeEntryOf(type).NoAnalysis : owner.Kind != SymbolKind.Parameter && IsExcused(owner))
                return false;
        }

        return !_isExcused;
    }

    /// <summary>Nothing of ours is written on the member or its type.</summary>
    public bool IsPlainDotNetLock(ISymbol member) =>
        MemberLookup.TypeOf(member) is var type
        && (type is null || (LockTypeOf(type) is null or { IsAnnotated: false } && _types.ClassName(type) is null))
        && !_classes.Words(MemberLookup.Canonical(member)).Any(
            static word => word.Name is "LockClass" or "AcquiredBefore" or "AcquiredAfter");

    /// <summary>Takes the monitor of its object or type.</summary>
    public bool IsSynchronized(IMethodSymbol method) =>
        (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0;

    /// <summary>A method of a .NET collection that changes it.</summary>
    public bool IsMutator(IMethodSymbol method)
    {
        if (method.IsStatic || method.ContainingType is not { } type)
            return false;
        if (DotNetCalls.Mutators.Contains(method.Name) && CollectionNamespaces.IsMutable(type))
            return true;
        return _external.Of(method, null, out var byUser) is var words && byUser
            && words.Any(static word => word.Name == "Mutates");
    }

    /// <summary>Pairs of expressions that name one lock in every instance of the type.</summary>
    public ImmutableArray<(LockExpression First, LockExpression Second)> SameLocks(INamedTypeSymbol type) =>
        TypeEntryOf(type).SameLocks;

    /// <summary>What is wrong with the annotations of a method, as far as one method shows it.</summary>
    public ImmutableArray<ContractProblem> ProblemsOf(IMethodSymbol method) => Entry(Definition(method)).Problems;

    /// <summary>What is wrong with the annotations of a field or property as data.</summary>
    public ImmutableArray<ContractProblem> ProblemsOfData(ISymbol member) => FieldEntryOf(DataSymbol(member)).Problems;

    /// <summary>What is wrong with the annotations of a type itself.</summary>
    public ImmutableArray<ContractProblem> ProblemsOf(INamedTypeSymbol type) => TypeEntryOf(type).Problems;

    /// <summary>The methods whose contracts a method answers for.</summary>
    /// <param name="all">Those of assemblies without annotations too: they ask nothing, and promise nothing more.</param>
    public IEnumerable<IMethodSymbol> BasesOf(IMethodSymbol method, bool all = false) =>
        ContractInheritance.BasesOf(Definition(method), all ? static _ => true : _assemblies.Contains);

    /// <summary>Some annotation may stand on the type or on its members, judged by its name alone.</summary>
    public bool MayBearAnnotations(INamedTypeSymbol type) =>
        (LazyInitializer.EnsureInitialized(ref _typeNames, () => Scan.TypeNames)!).Contains(type.Name);

    /// <summary>The words on a field, property or parameter.</summary>
    public ImmutableArray<Annotation> WordsOn(ISymbol member) => _classes.Words(member);

    private static IMethodSymbol Definition(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    private static ISymbol DataSymbol(ISymbol member)
    {
        member = member.OriginalDefinition;
        if (member is IFieldSymbol { AssociatedSymbol: IPropertySymbol owner })
            member = owner.OriginalDefinition;
        return member is IPropertySymbol { PartialDefinitionPart: { } definition } ? definition : member;
    }

    private bool IsExcused(ISymbol owner) =>
        AttributeReader.Has(owner, "NoLockAnalysis")
        || (owner is IMethodSymbol { AssociatedSymbol: { } associated } && AttributeReader.Has(associated, "NoLockAnalysis"));

    private MethodEntry Entry(IMethodSymbol method) =>
        _methods.TryGetValue(method, out var known) ? known : _methods.GetOrAdd(method, Read);

    private MethodEntry Read(IMethodSymbol method)
    {
        var words = AttributeReader.OfMethod(method);
        var sink = new ProblemSink();
        var own = words.IsEmpty ? MethodContract.None : new MethodContractReader(this, method, sink).Read(words);
        if (!own.IsDeclared)
            own = WithInherited(method, own);
        var contract = own with
        {
            MakesGuard = MakesGuard(method, own),
            DisposesGuard = method is { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true, IsStatic: false }
                && method.ContainingType is { } type && IsScopedGuard(type),
        };
        return contract == MethodContract.None && sink.Problems.Count == 0
            ? MethodEntry.None
            : new(contract, OwnProblems(method, sink.Problems));
    }

    private MethodContract WithInherited(IMethodSymbol method, MethodContract own)
    {
        var inherited = ReadExternal(method, null);
        if (inherited is null)
        {
            foreach (var declared in BasesOf(method))
            {
                var contract = Method(declared);
                if (contract.IsDeclared || contract.HasEffectsOrDemands || !contract.InvokedHere.IsEmpty)
                {
                    inherited = ContractInheritance.Rebind(contract, method.ContainingType) with
                    {
                        DeclaredOn = contract.DeclaredOn ?? declared,
                    };
                    break;
                }
            }
        }

        return inherited is null
            ? own
            : inherited with
            {
                NoAnalysis = own.NoAnalysis,
                NeverReturns = inherited.NeverReturns || own.NeverReturns,
                NeverReturnsIfOrdinal = own.NeverReturnsIfOrdinal >= 0 ? own.NeverReturnsIfOrdinal : inherited.NeverReturnsIfOrdinal,
                NeverReturnsIfValue = own.NeverReturnsIfOrdinal >= 0 ? own.NeverReturnsIfValue : inherited.NeverReturnsIfValue,
                References = inherited.References.AddRange(own.References),
                InvokedHere = [.. inherited.InvokedHere.Union(own.InvokedHere)],
                SameLocks = inherited.SameLocks.AddRange(own.SameLocks),
            };
    }

    private MethodContract? ReadExternal(IMethodSymbol method, ITypeSymbol? receiver)
    {
        var words = _external.Of(method, receiver, out _);
        return words.IsEmpty
            ? null
            : new MethodContractReader(this, method, new()).Read(words) with { IsExternal = true };
    }

    private bool MakesGuard(IMethodSymbol method, MethodContract contract) =>
        contract.Clauses.Any(static clause => clause.Kind is ClauseKind.Acquires or ClauseKind.Governs)
        && (method.MethodKind == MethodKind.Constructor
            ? IsScopedGuard(method.ContainingType)
            : BindingScope.Of(method).Result is { } result && IsScopedGuard(result));

    /// <summary>What is written on a property is judged once, by its getter.</summary>
    private static ImmutableArray<ContractProblem> OwnProblems(IMethodSymbol method, List<ContractProblem> problems)
    {
        if (problems.Count == 0 || method.AssociatedSymbol is not IPropertySymbol { GetMethod: not null }
            || method.MethodKind != MethodKind.PropertySet)
        {
            return [.. problems];
        }

        return
        [
            .. problems.Where(
                problem => method.DeclaringSyntaxReferences.Any(
                    place => place.SyntaxTree == problem.Location.SourceTree && place.Span.Contains(problem.Location.SourceSpan))),
        ];
    }

    private FieldEntry FieldEntryOf(ISymbol member) =>
        _fields.TryGetValue(member, out var known) ? known : _fields.GetOrAdd(member, ReadField);

    private FieldEntry ReadField(ISymbol member)
    {
        var sink = new ProblemSink();
        var own = FieldContractReader.Read(this, _classes.Words(member), BindingScope.OfMember(member), sink);
        if (own.IsEmpty && member is IPropertySymbol property)
        {
            own = ContractInheritance.BasesOf(property, _assemblies.Contains).Select(declared => Field(declared))
                .FirstOrDefault(static declared => !declared.IsEmpty) ?? own;
        }

        if (member.ContainingType is { } type && TypeEntryOf(type) is { Guards.IsEmpty: false } entry)
        {
            var general = FieldContractReader.Inherited(this, member, entry.Guards);
            if (!general.IsEmpty)
                own = own with { Guards = own.Guards.AddRange(general) };
        }

        return new(own, [.. sink.Problems]);
    }

    private TypeEntry TypeEntryOf(INamedTypeSymbol type) =>
        _typeEntries.TryGetValue(type.OriginalDefinition, out var known) ? known : _typeEntries.GetOrAdd(type.OriginalDefinition, ReadType);

    private TypeEntry ReadType(INamedTypeSymbol type)
    {
        var words = _external.Of(type, out _);
        if (_assemblies.Contains(type.ContainingAssembly))
            words = words.AddRange(AttributeReader.Of(type));
        var sameLocks = ImmutableArray.CreateBuilder<(LockExpression, LockExpression)>();
        if (type.BaseType is { SpecialType: SpecialType.None, TypeKind: not TypeKind.Error } inherited)
            sameLocks.AddRange(TypeEntryOf(inherited).SameLocks);
        if (words.IsEmpty)
            return sameLocks.Count == 0 ? TypeEntry.None : TypeEntry.None with { SameLocks = sameLocks.ToImmutable() };

        var sink = new ProblemSink();
        var scope = BindingScope.OfType(type);
        var expressions = new ExpressionReader(this, scope, sink);
        if (type.TypeKind != TypeKind.Delegate)
        {
            foreach (var word in words)
            {
                if (word.Name != "SameLock")
                    continue;
                var (first, second) = (expressions.One(word, 0), expressions.One(word, 1));
                if (first is not null && second is not null)
                    sameLocks.Add((first, second));
            }
        }

        return new(
            FieldContractReader.Read(this, words, scope, sink), sameLocks.ToImmutable(),
            words.Any(static word => word.Name == "NoLockAnalysis"), [.. sink.Problems]);
    }

    private sealed record MethodEntry(MethodContract Contract, ImmutableArray<ContractProblem> Problems)
    {
        public static MethodEntry None { get; } = new(MethodContract.None, []);
    }

    private sealed record FieldEntry(FieldContract Contract, ImmutableArray<ContractProblem> Problems);

    private sealed record TypeEntry(
        FieldContract Guards, ImmutableArray<(LockExpression First, LockExpression Second)> SameLocks, bool NoAnalysis,
        ImmutableArray<ContractProblem> Problems)
    {
        public static TypeEntry None { get; } = new(FieldContract.None, [], false, []);
    }
}
