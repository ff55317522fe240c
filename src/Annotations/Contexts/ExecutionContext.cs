namespace MmLock;

/// <summary>In which context of the kernel code runs.</summary>
public enum ExecutionContext
{
    /// <summary>On behalf of a task: it may sleep, unless something it holds forbids it (<c>in_task()</c>).</summary>
    Process,

    /// <summary>In a soft interrupt: bottom halves are off (<c>in_serving_softirq()</c>).</summary>
    Softirq,

    /// <summary>In a hard interrupt: interrupts are off (<c>in_hardirq()</c>).</summary>
    Hardirq,

    /// <summary>In any of them, so that the strictest demands hold.</summary>
    Any,
}
