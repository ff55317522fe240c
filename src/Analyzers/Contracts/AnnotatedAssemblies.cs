using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>Which assemblies can bear annotations at all? Nothing is read from the others.</summary>
internal sealed class AnnotatedAssemblies
{
    private readonly ImmutableHashSet<IAssemblySymbol> _assemblies;

    public AnnotatedAssemblies(Compilation compilation)
    {
        var references = ImmutableArray.CreateBuilder<IAssemblySymbol>();
        var declaring = Declaring(compilation);
        var canAnnotate = !declaring.IsEmpty && MentionsOfAnnotations.In(compilation);
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            var declares = declaring.Contains(assembly);
            if (assembly.Name != KnownTypeNames.AnnotationsAssembly && (declares || Uses(assembly)))
                references.Add(assembly);
        }

        References = references.ToImmutable();
        IsSourceAnnotated = canAnnotate;
        IEnumerable<IAssemblySymbol> all = canAnnotate ? References.Add(compilation.Assembly) : References;
        _assemblies = all.ToImmutableHashSet<IAssemblySymbol>(SymbolEqualityComparer.Default);
    }

    /// <summary>Annotations can be named in the source, and its text names them somewhere.</summary>
    public bool IsSourceAnnotated { get; }

    /// <summary>Referenced assemblies that use annotations.</summary>
    public ImmutableArray<IAssemblySymbol> References { get; }

    public bool Any => !_assemblies.IsEmpty;

    public bool Contains(IAssemblySymbol? assembly) => assembly is not null && _assemblies.Contains(assembly);

    private static bool Uses(IAssemblySymbol assembly) => assembly.Modules.Any(
        static module => module.ReferencedAssemblies.Any(
            static identity => string.Equals(
                identity.Name, KnownTypeNames.AnnotationsAssembly, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Who declares annotations: one look at the merged namespace instead of one at every assembly.</summary>
    private static ImmutableHashSet<IAssemblySymbol> Declaring(Compilation compilation) =>
        compilation.GlobalNamespace.GetMembers(KnownTypeNames.Namespace).OfType<INamespaceSymbol>()
            .SelectMany(static space => space.GetTypeMembers())
            .Where(static type => KnownTypeNames.AnnotationName(type) is not null)
            .Select(static type => type.ContainingAssembly)
            .ToImmutableHashSet<IAssemblySymbol>(SymbolEqualityComparer.Default);
}
