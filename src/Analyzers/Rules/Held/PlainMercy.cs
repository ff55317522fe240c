using MmLock.Analyzers.Flow.State;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>What a private member does to a plain lock on every exit is known at its callers and judged there.</summary>
internal static class PlainMercy
{
    public static bool IsToldToCallers(Verdicts verdicts, Capability capability, bool acquires)
    {
        if (!verdicts.Scope.IsInferred)
            return false;
        var portable = verdicts.Scope.Recorder.Portable(capability);
        foreach (var effect in verdicts.Scope.Recorder.Effects())
        {
            if (effect.Acquires == acquires && effect.Lock.IsSameObject(portable))
                return true;
        }
        return false;
    }
}
