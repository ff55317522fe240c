using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>
/// A dereference outside a reader and without the update lock, or through a private callee that leaves that to its callers. A
/// reader of another flavour that was entered explicitly is MML3007.
/// </summary>
internal sealed class MML3002RcuDereferenceUnprotected() : FlowRule(typeof(RcuEvent), typeof(RequireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        switch (happening)
        {
            case RcuEvent { Touch: RcuTouch.Dereference, IsAskedOfCallers: false } touch:
                if (touch.Satisfied || touch.Mismatch is not null)
                {
                    verdicts.Pass(Descriptors.RcuDereferenceUnprotected, touch.Place());
                    return;
                }
                verdicts.Fail(Descriptors.RcuDereferenceUnprotected, touch.Place(), Wanted(touch), texts =>
                    Missing(
                        new Finding(Descriptors.RcuDereferenceUnprotected, touch.Place(), RcuPointers.Name(touch), LockWording.And(texts), "")
                            .At(LocationRole.Declaration, touch.Guard.Declaration),
                        Protecting(touch)));
                break;
            case RequireEvent { IsRcu: true, IsAskedOfCallers: false } require:
                if (require.Satisfied)
                {
                    verdicts.Pass(Descriptors.RcuDereferenceUnprotected, require.Place());
                    return;
                }
                verdicts.Fail(
                    Descriptors.RcuDereferenceUnprotected, require.Place(), LockWording.Or(require.Needed.Select(LockPhrases.Of).ToArray()), texts =>
                        Missing(
                            new Finding(
                                Descriptors.RcuDereferenceUnprotected, require.Place(), require.Callee(), LockWording.And(texts),
                                LockPhrases.Chain(require.Chain))
                            .At(LocationRole.Inner, require.Origin).At(LocationRole.Declaration, require.Declaration),
                            require.Needed));
                break;
        }
    }

    private static ImmutableArray<Capability> Protecting(RcuEvent touch)
    {
        var all = ImmutableArray.CreateBuilder<Capability>();
        if (touch.Role != RcuRole.DereferenceProtected && touch.Flavor is { } flavor)
            all.Add(flavor);
        if (touch.UpdateLock is { } update)
            all.Add(update);
        return all.ToImmutable();
    }

    private static Finding Missing(Finding finding, ImmutableArray<Capability> alternatives) => alternatives.IsEmpty
        ? finding
        : finding.About(alternatives[0], LockMode.Shared).Requiring(alternatives, LockMode.Shared, anyOf: true);

    private static string Wanted(RcuEvent touch)
    {
        var wanted = new List<string>();
        if (touch.Role != RcuRole.DereferenceProtected && touch.Flavor is { } flavor)
            wanted.Add(LockPhrases.Of(flavor));
        if (touch.UpdateLock is { } update)
            wanted.Add("its update lock " + LockPhrases.Of(update));
        return LockWording.Or(wanted);
    }
}
