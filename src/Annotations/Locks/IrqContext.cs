using System;

namespace MmLock;

/// <summary>
/// From which interrupt contexts a lock class is taken: what lockdep records as <c>IN-SOFTIRQ-W</c> and
/// <c>IN-HARDIRQ-W</c>.
/// </summary>
[Flags]
public enum IrqContext
{
    /// <summary>From no interrupt: process context alone takes it.</summary>
    None = 0,

    /// <summary>
    /// From soft interrupts (timers, completion of I/O): elsewhere it needs bottom halves off, <c>spin_lock_bh</c>.
    /// </summary>
    Softirq = 1,

    /// <summary>
    /// From hard interrupts: elsewhere it needs interrupts off, <c>spin_lock_irq</c> or <c>spin_lock_irqsave</c>.
    /// </summary>
    Hardirq = 2,
}
