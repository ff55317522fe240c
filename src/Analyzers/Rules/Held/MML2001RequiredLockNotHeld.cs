using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>
/// A call without what the callee's contract requires (<c>__must_hold</c>), written or inferred. One finding a call; it names
/// all that is missing, and the chain through which an inferred need arises. To pulse or wait on the monitor of a parameter is the
/// caller's business.
/// </summary>
internal sealed class MML2001RequiredLockNotHeld() : FlowRule(typeof(RequireEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not RequireEvent { IsRcu: false } require || require.IsAskedOfCallers)
            return;
        if (require.Satisfied)
        {
            verdicts.Pass(Descriptors.RequiredLockNotHeld, require.Place(), part: Part(require));
            return;
        }
        var wanted = require.AnyOf ? require.Needed : require.Missing;
        verdicts.Fail(
            Descriptors.RequiredLockNotHeld, require.Place(), LockPhrases.Required(wanted, require.Mode, require.AnyOf), texts =>
            {
                var finding = new Finding(
                    Descriptors.RequiredLockNotHeld, require.Place(), require.Callee(), LockWording.And(texts), LockPhrases.Chain(require.Chain))
                    .At(LocationRole.Inner, require.Origin)
                    .About(require.Missing[0], require.Mode).Requiring(wanted, require.Mode, require.AnyOf);
                return require.World.Find(require.Missing[0]) is { } weaker
                    ? finding.At(LocationRole.AcquiredAt, weaker.Site()).With(DiagnosticProperties.HeldMode, weaker.Mode.ToString())
                    : finding;
            },
            when: IsOfCaller(require, verdicts) ? () => verdicts.Scope.Recorder.PlainTaken.Contains(require.Missing[0]) : null,
            part: Part(require), declaration: require.Declaration);
    }

    /// <summary>
    /// The monitor of what was handed in: nothing here says whether the caller holds it, unless this body takes it itself.
    /// </summary>
    private static bool IsOfCaller(RequireEvent require, Verdicts verdicts) =>
        require.Callee is { ContainingType.Name: "Monitor" } && !verdicts.Scope.Options.StrictDotNetLocks
        && require.Missing[0] is { IsPlain: true, Lock.Root.Kind: ValueKind.Parameter };

    /// <summary>The requirement as a whole: each is met or not by itself.</summary>
    private static string Part(RequireEvent require)
    {
        var part = require.Mode.ToString();
        foreach (var capability in require.Needed)
            part += "|" + capability.Text;
        return part;
    }
}
