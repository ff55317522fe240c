using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>Words that the RCU rules share.</summary>
internal static class RcuPointers
{
    /// <summary>The pointer of an event.</summary>
    public static string Name(RcuEvent happening) => LockWording.Member(happening.Member);

    /// <summary>The flavour of a pointer.</summary>
    public static string Flavor(Capability? flavor) => flavor is null ? "RCU" : LockPhrases.Of(flavor);

    /// <summary>The pointer that a value was read from.</summary>
    public static string Name(Borrow borrow) => borrow.Place?.Symbol is { } member ? LockWording.Member(member) : "RCU pointer";
}
