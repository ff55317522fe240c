using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which lock has a class of that name? Named classes are listed once; <c>Type.Member</c> is looked up when asked for.</summary>
internal sealed class ClassIndex
{
    private readonly Compilation _compilation;
    private readonly LockClasses _classes;
    private readonly AnnotatedAssemblies _assemblies;

    /// <summary>Members and parameters of the source that can name a class; null while compiled assemblies are read.</summary>
    private readonly ImmutableHashSet<string>? _classed;

    /// <summary>Members of the source with parameters that can.</summary>
    private readonly ImmutableHashSet<string>? _takers;

    private readonly Dictionary<string, LockClass> _named = new(StringComparer.Ordinal);

    public ClassIndex(Compilation compilation, SourceScan scan, AnnotatedAssemblies assemblies, LockClasses classes, bool byName)
    {
        (_compilation, _classes, _assemblies) = (compilation, classes, assemblies);
        var edges = ImmutableArray.CreateBuilder<(ISymbol, Annotation)>();
        foreach (var assembly in assemblies.References)
        {
            foreach (var type in TypeWalk.All(assembly))
                Add(type, edges);
        }

        // An external contract can give a class to a member that bears no attribute.
        (_classed, _takers) = byName ? (scan.Classed, scan.ClassTakers) : (null, null);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var syntax in scan.ClassTypes)
        {
            if (TypeOf(syntax) is { } type && seen.Add(type))
                Add(type, edges);
        }

        Edges = edges.ToImmutable();
    }

    /// <summary>Members with <c>[AcquiredBefore]</c> or <c>[AcquiredAfter]</c>, in the order of the source.</summary>
    public ImmutableArray<(ISymbol Member, Annotation Word)> Edges { get; }

    /// <summary>All names given by <c>[LockClass]</c>.</summary>
    public IEnumerable<string> Names => _named.Keys;

    public LockClass? Find(string name)
    {
        if (_named.TryGetValue(name, out var named))
            return named;
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || dot == name.Length - 1)
            return null;
        var (typeName, memberName) = (name.Substring(0, dot), name.Substring(dot + 1));
        foreach (var type in TypesNamed(typeName))
        {
            if (MemberLookup.Find(type, memberName) is IFieldSymbol or IPropertySymbol or IEventSymbol
                && MemberLookup.Find(type, memberName) is { } member && _classes.Of(member) is { IsNamed: false } found)
            {
                return found;
            }
        }

        return null;
    }

    private IEnumerable<INamedTypeSymbol> TypesNamed(string name)
    {
        var simple = name.Substring(name.LastIndexOf('.') + 1);
        var types = _compilation.GetSymbolsWithName(simple, SymbolFilter.Type).OfType<INamedTypeSymbol>();
        foreach (var assembly in _assemblies.References)
        {
            if (assembly.TypeNames.Contains(simple))
                types = types.Concat(TypeWalk.All(assembly).Where(type => type.Name == simple));
        }

        return types.Where(type => name == simple || ("." + type.ToDisplayString(Qualified)).EndsWith("." + name, StringComparison.Ordinal));
    }

    private static SymbolDisplayFormat Qualified { get; } =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private void Add(INamedTypeSymbol type, ImmutableArray<(ISymbol, Annotation)>.Builder edges)
    {
        Register(_classes.OfType(type));
        foreach (var member in type.GetMembers())
        {
            switch (member)
            {
                case IFieldSymbol { IsImplicitlyDeclared: true }:
                    break;
                case IFieldSymbol or IPropertySymbol when MayBeClassed(member):
                    foreach (var word in _classes.Words(member))
                    {
                        if (word.Name == "LockClass")
                            Register(_classes.Of(member));
                        else if (word.Name is "AcquiredBefore" or "AcquiredAfter")
                            edges.Add((member, word));
                    }

                    break;
                case IMethodSymbol method when MayTakeClassed(method):
                    foreach (var parameter in method.Parameters)
                    {
                        if (MayBeClassed(parameter))
                            Register(_classes.Of(parameter));
                    }

                    break;
            }
        }
    }

    /// <summary>Judged by its name: binding the attributes of every member would cost an editor more than the analysis does.</summary>
    private bool MayBeClassed(ISymbol member) =>
        _classed is null || _classed.Contains(member is IPropertySymbol { IsIndexer: true } ? SourceScan.Indexer : member.Name);

    private bool MayTakeClassed(IMethodSymbol method) => _takers is null || _takers.Contains(method.MethodKind switch
    {
        MethodKind.Constructor => method.ContainingType.Name,
        MethodKind.UserDefinedOperator or MethodKind.Conversion => SourceScan.Operator,
        MethodKind.ExplicitInterfaceImplementation => method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        _ => method.Name,
    });

    /// <summary>Of several locks with one name the first says what the class is.</summary>
    private void Register(LockClass? found)
    {
        if (found is { IsNamed: true } && !_named.ContainsKey(found.Id))
            _named.Add(found.Id, found);
    }

    private INamedTypeSymbol? TypeOf(TypeDeclarationSyntax syntax)
    {
        var name = new StringBuilder();
        for (SyntaxNode? node = syntax; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case TypeDeclarationSyntax type:
                    var arity = type.TypeParameterList?.Parameters.Count ?? 0;
                    name.Insert(0, type.Identifier.ValueText + (arity > 0 ? "`" + arity : "") + (node == syntax ? "" : "+"));
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    name.Insert(0, space.Name.ToString().Replace(" ", "") + ".");
                    break;
            }
        }

        // A file-local type has another name in metadata.
        return _compilation.Assembly.GetTypeByMetadataName(name.ToString())
            ?? _compilation.GetSymbolsWithName(syntax.Identifier.ValueText, SymbolFilter.Type).OfType<INamedTypeSymbol>()
                .FirstOrDefault(type => type.DeclaringSyntaxReferences.Any(
                    place => place.SyntaxTree == syntax.SyntaxTree && place.Span == syntax.Span));
    }
}
