using System;
using MmLock;

namespace HistoricBugs;

/// <summary>A point at which another task may run. The reproductions stop a task here; for everybody else it is nothing.</summary>
[NoLockAnalysis("steering, no part of the code that is shown")]
public static class Checkpoint
{
    /// <summary>What happens at a point.</summary>
    public static Action<string>? Stop { get; set; }

    /// <summary>A task passes a point.</summary>
    [NeverSleeps]
    public static void Pass(string point) => Stop?.Invoke(point);
}
