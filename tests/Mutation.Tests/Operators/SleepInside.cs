using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A polite pause where nobody may sleep.</summary>
internal sealed class SleepInside : IOperator
{
    public string Name => "sleep inside";

    public string Breaks => "a spin lock is held, interrupts are off, or an RCU reader is open";

    public IEnumerable<Mutant> Of(Body body)
        => from site in body.Sites
           where site.Statement is not null && site.Effects.Any(e => e.Effect.Kind == EffectKind.Takes && ForbidsSleep(e.Facts))
           select new Mutant(Name, body, site.Statement!, $"Sched.CondResched() after {site}", [Edit.After(site.Statement!, "Sched.CondResched();")]);

    private static bool ForbidsSleep(LockFacts? facts)
        => facts?.Kind is LockKind.RawSpin or LockKind.Spin or LockKind.ReaderWriterSpin or LockKind.Context;
}
