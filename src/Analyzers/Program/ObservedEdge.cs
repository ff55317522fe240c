using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>One lock is taken while another is held, at one place of the program.</summary>
/// <param name="Held">The outer lock, and where it was taken.</param>
/// <param name="Taken">The inner lock, in the terms of the body that holds the outer one.</param>
/// <param name="Gates">What keeps others out meanwhile.</param>
/// <param name="Place">The inner acquisition, or the call that leads to it.</param>
/// <param name="Chain">The calls that lead to it; null for an acquisition by the body itself.</param>
/// <param name="Origin">The inner acquisition.</param>
/// <param name="Body">Whose body it is.</param>
internal sealed record ObservedEdge(
    HeldLock Held, PortableLock Taken, LockMode Mode, ImmutableArray<Gate> Gates, Location Place, CallChain? Chain,
    Location Origin, ISymbol Body)
{
    public LockClass Outer => Held.Lock.Class!;

    public LockClass Inner => Taken.Class!;

    /// <summary>Who takes the inner lock of this step may have to wait for who holds the outer lock of the next.</summary>
    public bool WaitsFor(ObservedEdge next) => LockIdentity.Waits(Taken.Type.Kind, Mode, next.Held.Mode);

    /// <summary>The two differ in nothing but their place.</summary>
    public bool IsAlike(ObservedEdge other) =>
        Outer.Equals(other.Outer) && Inner.Equals(other.Inner) && Mode == other.Mode && Held.Mode == other.Held.Mode
        && Gates.Length == other.Gates.Length && Gates.All(gate => other.Gates.Contains(gate));
}
