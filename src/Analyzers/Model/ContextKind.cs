namespace MmLock.Analyzers.Model;

/// <summary>The predefined sections, <c>@rcu</c> and its kin.</summary>
internal enum ContextKind
{
    /// <summary>A classic RCU reader.</summary>
    Rcu,
    /// <summary>An RCU-bh reader.</summary>
    RcuBh,
    /// <summary>An RCU-sched reader.</summary>
    RcuSched,
    /// <summary>Preemption is off.</summary>
    Preempt,
    /// <summary>Bottom halves are off.</summary>
    Bh,
    /// <summary>Interrupts are off.</summary>
    Irq,
}

/// <summary>Names of the predefined sections as lock expressions spell them.</summary>
internal static class ContextNames
{
    /// <summary>The section of a name without its <c>@</c>, or null.</summary>
    public static ContextKind? Find(string name) => name switch
    {
        "rcu" => ContextKind.Rcu,
        "rcu_bh" => ContextKind.RcuBh,
        "rcu_sched" => ContextKind.RcuSched,
        "preempt" => ContextKind.Preempt,
        "bh" => ContextKind.Bh,
        "irq" => ContextKind.Irq,
        _ => null,
    };

    /// <summary>The spelling with <c>@</c>.</summary>
    public static string Spell(this ContextKind context) => context switch
    {
        ContextKind.Rcu => "@rcu",
        ContextKind.RcuBh => "@rcu_bh",
        ContextKind.RcuSched => "@rcu_sched",
        ContextKind.Preempt => "@preempt",
        ContextKind.Bh => "@bh",
        _ => "@irq",
    };
}
