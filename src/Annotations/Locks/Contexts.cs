namespace MmLock;

/// <summary>
/// The predefined contexts: sections that can be entered, usable in any lock expression as locks are.
/// </summary>
/// <remarks>
/// A held spin lock, reader-writer spin lock or sequence write side implies <see cref="Preempt"/>; so do
/// <see cref="Irq"/> and <see cref="Bh"/>. <see cref="Preempt"/> implies <see cref="RcuSched"/> and <see cref="Bh"/>
/// implies <see cref="RcuBh"/>. Nothing but a reader section implies <see cref="Rcu"/>.
/// </remarks>
public static class Contexts
{
    /// <summary>An RCU reader section: <c>rcu_read_lock()</c> to <c>rcu_read_unlock()</c>.</summary>
    public const string Rcu = "@rcu";

    /// <summary>An RCU reader section of the bottom-half flavour: <c>rcu_read_lock_bh()</c>.</summary>
    public const string RcuBh = "@rcu_bh";

    /// <summary>
    /// An RCU reader section of the scheduler flavour: <c>rcu_read_lock_sched()</c>, or preemption off.
    /// </summary>
    public const string RcuSched = "@rcu_sched";

    /// <summary>Preemption is off: <c>preempt_disable()</c>, <c>get_cpu()</c>.</summary>
    public const string Preempt = "@preempt";

    /// <summary>Bottom halves are off: <c>local_bh_disable()</c>.</summary>
    public const string Bh = "@bh";

    /// <summary>Interrupts are off on this processor: <c>local_irq_disable()</c>, <c>local_irq_save()</c>.</summary>
    public const string Irq = "@irq";
}
