using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>Something that happens in a method or below it, in the method's own terms.</summary>
/// <param name="Released">What the callers may hold and this has let go by then.</param>
/// <param name="Chain">The calls that lead there from the method; null when it happens in the method itself.</param>
/// <param name="Origin">Where it happens.</param>
/// <param name="IsLocal">The whole way lies within the method's outermost type.</param>
internal abstract record CalleeEffect(
    ImmutableArray<PortableLock> Released, CallChain? Chain, Location Origin, bool IsLocal);

/// <summary>A lock is taken.</summary>
/// <param name="Under">Locks that the method or its callees hold alone at that point.</param>
internal sealed record AcquireEffect(
    PortableLock Lock, LockMode Mode, bool IsTry, ImmutableArray<PortableLock> Under, bool IrqOff, bool BhOff,
    ImmutableArray<PortableLock> Released, CallChain? Chain, Location Origin, bool IsLocal)
    : CalleeEffect(Released, Chain, Origin, IsLocal)
{
    /// <summary>Locks of the method's own that only its callers can judge against this one.</summary>
    public ImmutableArray<HeldInside> Inside { get; init; } = [];

    /// <summary>Those of the callee's that this call tells enough about.</summary>
    public ImmutableArray<HeldInside> Settled { get; init; } = [];

    /// <summary>Only where the method's boolean parameters are so.</summary>
    public ImmutableArray<ParameterTruth> When { get; init; } = [];
}

/// <summary>Something may sleep.</summary>
/// <param name="What">The call or acquisition, as a message begins with it.</param>
internal sealed record SleepEffect(
    string What, ImmutableArray<PortableLock> Released, CallChain? Chain, Location Origin, bool IsLocal)
    : CalleeEffect(Released, Chain, Origin, IsLocal);

/// <summary>All that a call of one method can come to.</summary>
internal sealed record CalleeEffects(ImmutableArray<AcquireEffect> Acquires, ImmutableArray<SleepEffect> Sleeps)
{
    public static CalleeEffects None { get; } = new([], []);

    public bool IsEmpty => Acquires.IsEmpty && Sleeps.IsEmpty;

    /// <summary>It nests locks of which its callers know more.</summary>
    public bool LeavesNesting
    {
        get
        {
            foreach (var taken in Acquires)
            {
                if (!taken.Inside.IsEmpty)
                    return true;
            }
            return false;
        }
    }
}
