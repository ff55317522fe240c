using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>Where in the source are annotations, judged by the names of the attributes alone? Never looks into bodies.</summary>
internal sealed class SourceScan
{
    /// <summary>Stands for every indexer with a contract, which no identifier mentions.</summary>
    public const string Indexer = "this[]";

    /// <summary>Stands for every operator or conversion with a contract: any body may use it unseen.</summary>
    public const string Operator = "operator";

    /// <summary>Annotations that ask nothing of who uses the member.</summary>
    private static ImmutableHashSet<string> Silent { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "LockType", "LockClass", "AcquiredBefore", "AcquiredAfter", "RefCounted", "SameLock", "NoLockAnalysis", "LockHierarchy",
        "ExternalContract");

    private readonly ImmutableHashSet<string>.Builder _names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableArray<TypeDeclarationSyntax>.Builder _classTypes = ImmutableArray.CreateBuilder<TypeDeclarationSyntax>();
    private readonly ImmutableHashSet<string>.Builder _typeNames = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableHashSet<string>.Builder _delegates = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableHashSet<string>.Builder _classed = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly ImmutableHashSet<string>.Builder _classTakers = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases;

    private readonly ImmutableHashSet<string>.Builder _peeks = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);

    /// <summary>The attributes looked at last guard something.</summary>
    private bool _guards;

    /// <summary>The attributes looked at last give a class or an edge.</summary>
    private bool _givesClass;

    /// <summary>The attributes looked at last make an RCU accessor that only peeks.</summary>
    private bool _peeksOnly;

    private SourceScan(Dictionary<string, string> aliases) => _aliases = aliases;

    /// <summary>The scan of a compilation that can bear no annotations.</summary>
    public static SourceScan Nothing { get; } = new([]);

    /// <summary>Names of members with contracts or guards.</summary>
    public ImmutableHashSet<string> Names => _names.ToImmutable();

    /// <summary>Simple names of types with any annotation, on themselves or on members.</summary>
    public ImmutableHashSet<string> TypeNames => _typeNames.ToImmutable();

    /// <summary>Names of delegate types with contracts.</summary>
    public ImmutableHashSet<string> Delegates => _delegates.ToImmutable();

    /// <summary>Names of members and parameters that name a lock class or declare an edge.</summary>
    public ImmutableHashSet<string> Classed => _classed.ToImmutable();

    /// <summary>Names of accessors that only peek at an RCU pointer.</summary>
    public ImmutableHashSet<string> Peeks => _peeks.ToImmutable();

    /// <summary>Members with such a parameter; a constructor by the name of its type.</summary>
    public ImmutableHashSet<string> ClassTakers => _classTakers.ToImmutable();

    /// <summary>Types that name lock classes or declare edges, on themselves or on members.</summary>
    public ImmutableArray<TypeDeclarationSyntax> ClassTypes => _classTypes.ToImmutable();

    public static SourceScan Run(Compilation compilation, CancellationToken cancellation)
    {
        var units = new List<CompilationUnitSyntax>();
        var global = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot(cancellation) is not CompilationUnitSyntax unit)
                continue;
            units.Add(unit);
            AddAliases(unit.Usings, global, true);
        }

        var scans = new SourceScan[units.Count];
        Parallel.For(
            0, units.Count, new ParallelOptions { CancellationToken = cancellation },
            index =>
            {
                var scan = new SourceScan(new(global, StringComparer.Ordinal));
                AddAliases(units[index].Usings, scan._aliases, false);
                scan.Visit(units[index].Members, null);
                scans[index] = scan;
            });

        var all = new SourceScan(global);
        foreach (var scan in scans)
        {
            all._names.UnionWith(scan._names);
            all._typeNames.UnionWith(scan._typeNames);
            all._delegates.UnionWith(scan._delegates);
            all._classTypes.AddRange(scan._classTypes);
            all._classed.UnionWith(scan._classed);
            all._peeks.UnionWith(scan._peeks);
            all._classTakers.UnionWith(scan._classTakers);
        }

        return all;
    }

    private static void AddAliases(SyntaxList<UsingDirectiveSyntax> usings, Dictionary<string, string> aliases, bool global)
    {
        foreach (var directive in usings)
        {
            if (directive is { Alias: { } alias, Name: { } name } && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) == global
                && Known(RightmostName(name)) is { } known)
            {
                aliases[alias.Name.Identifier.ValueText] = known;
            }
        }
    }

    private void Visit(SyntaxList<MemberDeclarationSyntax> members, TypeDeclarationSyntax? owner)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    AddAliases(space.Usings, _aliases, false);
                    Visit(space.Members, null);
                    break;
                case TypeDeclarationSyntax type:
                    VisitType(type);
                    Visit(type.Members, type);
                    break;
                default:
                    VisitMember(member, owner);
                    break;
            }
        }
    }

    private void VisitType(TypeDeclarationSyntax type)
    {
        _guards = false;
        var found = Look(type.AttributeLists, type);
        if (found)
            _names.Add(type.Identifier.ValueText);
        found = _guards;
        if (found)
        {
            foreach (var member in type.Members)
                AddNames(member);
        }

        if (type.ParameterList is not { } parameters)
            return;
        foreach (var parameter in parameters.Parameters)
        {
            var asks = LookAt(parameter, type);
            if (_givesClass)
                _classTakers.Add(type.Identifier.ValueText);
            if (asks || found)
            {
                _names.Add(parameter.Identifier.ValueText);
                _names.Add(type.Identifier.ValueText);
            }
        }
    }

    private void VisitMember(MemberDeclarationSyntax member, TypeDeclarationSyntax? owner)
    {
        var found = Look(member.AttributeLists, owner);
        if (_givesClass)
            AddClassed(member);
        if (_peeksOnly && member is MethodDeclarationSyntax peek)
            _peeks.Add(peek.Identifier.ValueText);
        switch (member)
        {
            case BasePropertyDeclarationSyntax { AccessorList: { } accessors }:
                foreach (var accessor in accessors.Accessors)
                    found |= Look(accessor.AttributeLists, owner);
                break;
            case BaseMethodDeclarationSyntax { ParameterList: { } parameters }:
                found |= LookAtParameters(parameters, owner, NameOf(member));
                break;
            case DelegateDeclarationSyntax { ParameterList: { } parameters } type:
                found |= LookAtParameters(parameters, owner, type.Identifier.ValueText);
                if (found)
                    _typeNames.Add(type.Identifier.ValueText);
                break;
        }

        if (found)
            AddNames(member);
    }

    private bool LookAtParameters(ParameterListSyntax list, TypeDeclarationSyntax? owner, string taker)
    {
        var found = false;
        foreach (var parameter in list.Parameters)
        {
            found |= LookAt(parameter, owner);
            if (_givesClass)
                _classTakers.Add(taker);
        }
        return found;
    }

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        _ => Operator,
    };

    private bool LookAt(ParameterSyntax parameter, TypeDeclarationSyntax? owner)
    {
        var found = Look(parameter.AttributeLists, owner);
        if (_givesClass)
            _classed.Add(parameter.Identifier.ValueText);
        return found;
    }

    private void AddClassed(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case PropertyDeclarationSyntax property:
                _classed.Add(property.Identifier.ValueText);
                break;
            case BaseFieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                    _classed.Add(variable.Identifier.ValueText);
                break;
            case IndexerDeclarationSyntax:
                _classed.Add(Indexer);
                break;
        }
    }

    private void AddNames(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                _names.Add(method.Identifier.ValueText);
                break;
            case ConstructorDeclarationSyntax constructor:
                _names.Add(constructor.Identifier.ValueText);
                break;
            case PropertyDeclarationSyntax property:
                _names.Add(property.Identifier.ValueText);
                break;
            case EventDeclarationSyntax @event:
                _names.Add(@event.Identifier.ValueText);
                break;
            case BaseFieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                    _names.Add(variable.Identifier.ValueText);
                break;
            case DelegateDeclarationSyntax @delegate:
                _names.Add(@delegate.Identifier.ValueText);
                _delegates.Add(@delegate.Identifier.ValueText);
                _names.Add("Invoke");
                break;
            case IndexerDeclarationSyntax:
                _names.Add(Indexer);
                break;
            case OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax:
                _names.Add(Operator);
                break;
        }
    }

    /// <summary>True when an attribute asks something of who uses the member; notes types that name classes.</summary>
    private bool Look(SyntaxList<AttributeListSyntax> lists, TypeDeclarationSyntax? owner)
    {
        var asks = false;
        _givesClass = false;
        _peeksOnly = false;
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                var written = RightmostName(attribute.Name);
                if (!_aliases.TryGetValue(written, out var name))
                    name = Known(written);
                if (name is null)
                    continue;
                if (owner is not null)
                    _typeNames.Add(owner.Identifier.ValueText);
                asks |= !Silent.Contains(name);
                _peeksOnly |= name == "RcuAccessor" && attribute.ArgumentList?.Arguments.FirstOrDefault() is { } role
                    && role.ToString().EndsWith("Peek", StringComparison.Ordinal);
                _guards |= name.EndsWith("GuardedBy", StringComparison.Ordinal) || name == "StableUnder";
                if (name is not ("LockClass" or "AcquiredBefore" or "AcquiredAfter"))
                    continue;
                _givesClass = true;
                if (owner is not null && (_classTypes.Count == 0 || _classTypes[_classTypes.Count - 1] != owner))
                {
                    _classTypes.Add(owner);
                }
            }
        }

        return asks;
    }

    private static string? Known(string name)
    {
        if (KnownTypeNames.Annotations.TryGetValue(name, out var known))
            return known;
        return name.EndsWith(KnownTypeNames.AttributeSuffix, StringComparison.Ordinal)
            && KnownTypeNames.Annotations.TryGetValue(
                name.Substring(0, name.Length - KnownTypeNames.AttributeSuffix.Length), out known)
            ? known
            : null;
    }

    private static string RightmostName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
