using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules.Order;

namespace MmLock.Analyzers.Rules.Context;

/// <summary>
/// A class that interrupts take is held while waiting for one whose holder they can interrupt. The step itself looks safe,
/// because interrupts are off here; they are on where the inner lock is taken elsewhere.
/// </summary>
internal static class MML4006IrqOrderInversion
{
    public static Finding Of(IrqInversion inversion)
    {
        var edge = inversion.Edge;
        var finding = new Finding(
                Descriptors.IrqOrderInversion,
                edge.Place,
                ThroughCallees.Lock(edge.Taken),
                ThroughCallees.Lock(edge.Held.Lock),
                LockWording.Interrupts(inversion.Use.Level),
                LockWording.Through(CallChain.Callees(edge.Chain)))
            .At(LocationRole.AcquiredAt, edge.Held.Site)
            .At(LocationRole.Inner, inversion.ExposedAt)
            .At(LocationRole.AcquiredAt, inversion.Use.Place)
            .At(LocationRole.Declaration, PlaceOf.Declaration(edge.Outer));
        foreach (var call in CallChain.Calls(edge.Chain).Skip(1))
            finding = finding.At(LocationRole.Call, call);
        return finding
            .With(DiagnosticProperties.Lock, edge.Taken.Text)
            .With(DiagnosticProperties.LockClass, edge.Inner.Display)
            .With(DiagnosticProperties.OtherLock, edge.Held.Lock.Text);
    }
}
