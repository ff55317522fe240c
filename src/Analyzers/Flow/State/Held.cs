using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.State;

/// <summary>Why a capability is believed to be held.</summary>
internal enum HeldReason
{
    /// <summary>Taken in this body.</summary>
    Taken,
    /// <summary>The contract says that the caller holds it.</summary>
    Entry,
    /// <summary>An assertion says so: releasing it is fine, keeping it is fine.</summary>
    Asserted,
}

/// <summary>One capability held in one world, with a count for each mode.</summary>
/// <param name="Site">The operation that took it; null on entry.</param>
/// <param name="Guard">The guard object that answers for it; null when it was taken by hand.</param>
/// <param name="IrqsWereOff">Interrupts were off when it was taken.</param>
internal sealed record Held(
    Capability Capability, int Exclusive, int Upgradeable, int Shared, HeldReason Reason, IOperation? Site, Value? Guard = null)
{
    /// <summary>The strongest mode.</summary>
    public LockMode Mode => Exclusive > 0 ? LockMode.Exclusive : Upgradeable > 0 ? LockMode.Upgradeable : LockMode.Shared;

    public int Count => Exclusive + Upgradeable + Shared;

    /// <summary>A loop takes it again and again: more often than the engine counts.</summary>
    public bool IsMany { get; init; }

    public int CountOf(LockMode mode) => mode switch
    {
        LockMode.Exclusive => Exclusive,
        LockMode.Upgradeable => Upgradeable,
        _ => Shared,
    };

    public static Held Once(Capability capability, LockMode mode, HeldReason reason, IOperation? site, Value? guard = null) =>
        new Held(capability, 0, 0, 0, reason, site, guard).Add(mode, 1);

    /// <summary>One more or one less in a mode; "many" stays many.</summary>
    public Held Add(LockMode mode, int by)
    {
        if (IsMany)
            return this;
        return mode switch
        {
            LockMode.Exclusive => this with { Exclusive = Exclusive + by },
            LockMode.Upgradeable => this with { Upgradeable = Upgradeable + by },
            _ => this with { Shared = Shared + by },
        };
    }

    /// <summary>Equality of what is held, regardless of where and why.</summary>
    public bool SameHolding(Held other) =>
        Exclusive == other.Exclusive && Upgradeable == other.Upgradeable && Shared == other.Shared
        && IsMany == other.IsMany && ReferenceEquals(Guard, other.Guard) && Capability.Equals(other.Capability);
}
