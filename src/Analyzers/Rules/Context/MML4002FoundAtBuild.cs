using System.Collections.Generic;
using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Order;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A lock is taken, or kept, with interrupts on, and some handler takes its class. Classes that say so themselves
/// (<c>TakenIn</c>) are judged while typing; here speaks what <c>[RunsIn]</c> shows, and what another member of the class says.
/// Two spinning readers are fine.
/// </summary>
internal static class MML4002FoundAtBuild
{
    public static IEnumerable<Finding> Find(IReadOnlyList<IrqPlace> places, IrqUsage usage)
    {
        foreach (var site in places.GroupBy(static place => (place.Place, place.Class, place.GoesOn)))
        {
            var use = usage.Of(site.Key.Class);
            if (use.Level == IrqContext.None)
                continue;
            var wrong = site.Where(place => IsWrong(place, use)).ToArray();
            if (wrong.Length > 0)
                yield return Of(wrong[0], use, onSomePaths: wrong.Length < site.Count());
        }
    }

    private static bool IsWrong(IrqPlace place, IrqUse use) =>
        !place.WasSaidLive && place.IsExposedTo(use.Level) && LockIdentity.Waits(place.Lock.Type.Kind, use.Mode, place.Mode);

    private static Finding Of(IrqPlace place, IrqUse use, bool onSomePaths) => new Finding(
            Descriptors.IrqUnsafeAcquireAtBuild,
            place.Place,
            ThroughCallees.Lock(place.Lock),
            place.GoesOn ? "Goes on holding" : "Takes",
            LockWording.Interrupts(use.Level),
            "")
        {
            OnSomePaths = onSomePaths,
        }
        .At(LocationRole.AcquiredAt, use.Place)
        .At(LocationRole.AcquiredAt, place.AcquiredAt)
        .At(LocationRole.Declaration, PlaceOf.Declaration(place.Class))
        .With(DiagnosticProperties.Lock, place.Lock.Text)
        .With(DiagnosticProperties.LockClass, place.Class.Display);
}
