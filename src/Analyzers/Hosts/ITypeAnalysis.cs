using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Hosts;

/// <summary>Everything that is decided by contracts and by one outermost type: what an editor shows while typing.</summary>
internal interface ITypeAnalysis
{
    /// <summary>Analyses the bodies of one outermost type. Called concurrently for different types.</summary>
    /// <param name="outermost">The type; its nested types' bodies are among <paramref name="bodies"/>.</param>
    /// <param name="bodies">
    /// The bodies that can matter, of all parts, in source order: those that name a lock or an annotated member, and those
    /// that name a member whose body is among them.
    /// </param>
    /// <param name="report">Takes findings; not to be called from other threads.</param>
    void Run(
        INamedTypeSymbol outermost, ImmutableArray<TypeBody> bodies, Action<Finding> report, CancellationToken cancellation);
}

/// <summary>What needs the whole compilation: joins what the types left behind, walks no body.</summary>
internal interface IProgramAnalysis
{
    /// <summary>Runs once, after every type.</summary>
    void Run(Action<Finding> report, CancellationToken cancellation);
}
