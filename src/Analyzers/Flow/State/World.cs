using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.State;

/// <summary>
/// One possibility at one point of a body: what is held, and the facts known where it is held (property simulation: Das,
/// Lerner, Seigle, PLDI 2002). Mutable while a statement is interpreted; every part is an immutable map, so a copy is
/// cheap.
/// </summary>
internal sealed class World
{
    /// <summary>What each place holds, where that is not the place's own value.</summary>
    public ValueMap<Value> Env;

    /// <summary>Facts about values.</summary>
    public ValueMap<Knowledge> Facts;

    /// <summary>What is held, in the order it was taken.</summary>
    public ImmutableArray<Held> Held = [];

    public IrqState Irq = IrqState.On;

    /// <summary>Interrupt states saved and not yet restored, by the value that names them.</summary>
    public ValueMap<IrqState> SavedIrq;

    /// <summary>Plain locks released before they were taken.</summary>
    public ValueMap<Deficit> Deficits;

    public ValueMap<RefState> Refs;

    public ValueMap<Borrow> Borrows;

    public ValueMap<Unpublishing> Unpublished;

    /// <summary>Objects made here that nobody else can see.</summary>
    public ValueMap<bool> Fresh;

    public ValueMap<GuardedRead> Reads;

    /// <summary>Guard objects and what they answer for.</summary>
    public ValueMap<ImmutableArray<Governed>> Guards;

    /// <summary>Plain locks let go on the way here.</summary>
    public ImmutableHashSet<Capability> PlainLetGo = [];

    /// <summary>The flavours of readers that this body has waited for.</summary>
    public ImmutableArray<Capability> Waited = [];

    /// <summary>What an assertion said to be held: keeping it is fine.</summary>
    public ImmutableHashSet<Capability> Asserted = [];

    /// <summary>The alternatives of <c>[MustHoldAny]</c> with which the body was entered.</summary>
    public ImmutableArray<Capability> EntryAlternatives = [];

    public World Clone()
    {
        var copy = new World();
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Becomes what the other is. Every field, by hand: worlds are copied more than anything else is done to them.</summary>
    public void CopyFrom(World other)
    {
        Env = other.Env;
        Facts = other.Facts;
        Held = other.Held;
        Irq = other.Irq;
        SavedIrq = other.SavedIrq;
        Deficits = other.Deficits;
        Refs = other.Refs;
        Borrows = other.Borrows;
        Unpublished = other.Unpublished;
        Fresh = other.Fresh;
        Reads = other.Reads;
        Guards = other.Guards;
        PlainLetGo = other.PlainLetGo;
        Asserted = other.Asserted;
        Waited = other.Waited;
        EntryAlternatives = other.EntryAlternatives;
    }

    /// <summary>The holding of a capability, or null.</summary>
    public Held? Find(Capability capability)
    {
        foreach (var held in Held)
        {
            if (held.Capability.Equals(capability))
                return held;
        }
        return null;
    }

    public void SetHeld(Held held)
    {
        for (int i = 0; i < Held.Length; i++)
        {
            if (Held[i].Capability.Equals(held.Capability))
            {
                Held = held.Count <= 0 ? Held.RemoveAt(i) : Held.SetItem(i, held);
                return;
            }
        }
        if (held.Count > 0)
            Held = Held.Add(held);
    }

    public void RemoveHeld(Capability capability)
    {
        for (int i = 0; i < Held.Length; i++)
        {
            if (Held[i].Capability.Equals(capability))
            {
                Held = Held.RemoveAt(i);
                return;
            }
        }
    }

    /// <summary>The explicit count of a counted section.</summary>
    public int SectionCount(ContextKind context)
    {
        foreach (var held in Held)
        {
            if (held.Capability.Context == context)
                return held.Count;
        }
        return 0;
    }

    /// <summary>Sections that are entered, implied ones included: the rows under the kind table of the contract.</summary>
    public bool InSection(ContextKind context, bool mergedRcu)
    {
        switch (context)
        {
            case ContextKind.Irq:
                return Irq.IsOff;
            case ContextKind.Bh:
                return SectionCount(ContextKind.Bh) > 0;
            case ContextKind.Preempt:
                if (Irq.IsOff || SectionCount(ContextKind.Preempt) > 0 || SectionCount(ContextKind.Bh) > 0)
                    return true;
                foreach (var held in Held)
                {
                    if (held.Capability.Lock is not null || held.Capability.ByClass is not null)
                    {
                        if (held.Capability.Type.Kind.ImpliesPreemptionOff(held.Mode))
                            return true;
                    }
                }
                return false;
            case ContextKind.RcuSched:
                return SectionCount(ContextKind.RcuSched) > 0 || InSection(ContextKind.Preempt, mergedRcu)
                    || mergedRcu && (SectionCount(ContextKind.Rcu) > 0 || SectionCount(ContextKind.RcuBh) > 0);
            case ContextKind.RcuBh:
                return SectionCount(ContextKind.RcuBh) > 0 || InSection(ContextKind.Bh, mergedRcu)
                    || mergedRcu && (SectionCount(ContextKind.Rcu) > 0 || InSection(ContextKind.RcuSched, false));
            default:
                return SectionCount(ContextKind.Rcu) > 0
                    || mergedRcu && (InSection(ContextKind.RcuBh, false) || InSection(ContextKind.RcuSched, false));
        }
    }

    /// <summary>Everything mentioned by the holdings: values that must not be confused when worlds meet.</summary>
    public bool HoldingsMention(Value value)
    {
        foreach (var held in Held)
        {
            if (held.Capability.Lock?.Mentions(value) == true || ReferenceEquals(held.Guard, value))
                return true;
        }
        return false;
    }

    /// <summary>The value itself, or a lock reached through it, is held.</summary>
    public bool HoldsThrough(Value value)
    {
        foreach (var held in Held)
        {
            if (held.Capability.Lock is { } lockValue && lockValue.IsReachedThrough(value))
                return true;
        }
        return false;
    }
}
