using System;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Ref;

/// <summary>What the reference rules share: one problem of an object, at its use.</summary>
internal abstract class ReferenceRule(DiagnosticDescriptor rule, RefProblem problem, bool namesCallee, params Type[] alsoHears)
    : FlowRule([typeof(RefEvent), .. alsoHears])
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not RefEvent reference)
            return;
        var place = reference.Place ?? reference.Place();
        if (reference.Problem != problem)
        {
            verdicts.Pass(rule, place, reference.Object);
            return;
        }
        verdicts.Fail(rule, place, reference.Object, _ => Of(reference, place), group: reference.Object);
    }

    private Finding Of(RefEvent reference, Location place)
    {
        var finding = namesCallee
            ? new Finding(rule, place, reference.Callee(), reference.Object, "")
            : new Finding(rule, place, reference.Object);
        return finding.At(LocationRole.ReferenceAt, reference.State?.Site?.Syntax.GetLocation())
            .At(LocationRole.Declaration, reference.Declaration).With(DiagnosticProperties.Lock, reference.Object);
    }
}
