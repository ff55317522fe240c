using System.Collections.Immutable;
using System.Linq;
using System.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Program;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>
/// The classes that the program takes inside each other form a ring. Every step of it is reported once, where the inner lock is
/// taken or where the call leads to it; the ring as a whole stands in each message.
/// </summary>
internal static class MML1002LockOrderCycle
{
    public static Finding Of(ObservedEdge edge, ImmutableArray<ObservedEdge> ring)
    {
        var finding = new Finding(
            Descriptors.LockOrderCycle,
            edge.Place,
            ThroughCallees.Lock(edge.Taken),
            ThroughCallees.Lock(edge.Held.Lock),
            Describe(ring),
            Through(edge))
        {
            // Several steps may end in one acquisition.
            Distinction = edge.Outer.Id + " > " + edge.Inner.Id,
        };
        finding = finding.At(LocationRole.AcquiredAt, edge.Held.Site);
        foreach (var call in CallChain.Calls(edge.Chain).Skip(1))
            finding = finding.At(LocationRole.Call, call);
        if (edge.Chain is not null)
            finding = finding.At(LocationRole.Inner, edge.Origin);
        foreach (var other in ring.Skip(1))
        {
            finding = finding.At(LocationRole.RingEdge, other.Place);
            if (other.Chain is not null)
                finding = finding.At(LocationRole.RingEdge, other.Origin);
        }
        return finding
            .With(DiagnosticProperties.Lock, edge.Taken.Text)
            .With(DiagnosticProperties.LockClass, edge.Inner.Display)
            .With(DiagnosticProperties.OtherLock, edge.Held.Lock.Text);
    }

    /// <summary>The classes round the ring, then who takes each of the other steps, and through whom.</summary>
    private static string Describe(ImmutableArray<ObservedEdge> ring)
    {
        var text = new StringBuilder(LockWording.Order(ring.Select(static step => step.Outer).Append(ring[0].Outer)));
        foreach (var step in ring.Skip(1))
        {
            text.Append("; ").Append(LockWording.Order([step.Outer, step.Inner]))
                .Append(" in ").Append(LockWording.Quote(LockWording.Member(step.Body))).Append(Through(step));
        }
        return text.ToString();
    }

    private static string Through(ObservedEdge step) => LockWording.Through(CallChain.Callees(step.Chain));
}
