using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MmLock.Benchmarks.Measuring;

/// <summary>What something cost: time on the wall, time on processors, memory.</summary>
/// <param name="Wall">Seconds on the wall.</param>
/// <param name="Cpu">Seconds of all processors: what stays comparable on a busy machine.</param>
/// <param name="Megabytes">Peak of a process, or allocated inside this one.</param>
internal readonly record struct Usage(double Wall, double Cpu, double Megabytes)
{
    private const int Children = -1;

    public static Usage operator -(Usage a, Usage b) => new(a.Wall - b.Wall, a.Cpu - b.Cpu, a.Megabytes - b.Megabytes);

    /// <summary>Processor seconds of all children that have ended.</summary>
    /// <remarks>.NET forgets the times of a process when it ends; the system remembers their sum.</remarks>
    public static double CpuOfChildren()
    {
        Span<long> usage = stackalloc long[18];
        if (getrusage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
            return 0;
        return usage[0] + usage[1] / 1e6 + usage[2] + usage[3] / 1e6;
    }

    /// <summary>Runs something in this process.</summary>
    public static Usage Of(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var self = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        work();
        watch.Stop();
        self.Refresh();
        return new(
            watch.Elapsed.TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6);
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, ref long usage);
}
