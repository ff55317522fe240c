using System.Collections.Generic;
using System.Threading;

namespace MmKernel;

/// <summary>
/// One of the five systems under load: what its tasks do, and what has to be true whenever the world stands still.
/// </summary>
public abstract class Workload
{
    private long _operations;
    private long _invariants;

    /// <summary>A name for the table.</summary>
    public abstract string Name { get; }

    /// <summary>Operations done.</summary>
    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>Invariants checked.</summary>
    public long Invariants => Interlocked.Read(ref _invariants);

    /// <summary>The races that this system is built for.</summary>
    public abstract IReadOnlyList<Race> Races { get; }

    /// <summary>The page caches in use, for the audit of all memory.</summary>
    public abstract IReadOnlyList<AddressSpace> Mappings { get; }

    /// <summary>Makes what the system works on. Runs as a task.</summary>
    public abstract void SetUp(int seed);

    /// <summary>One operation of a worker.</summary>
    public void Step(TaskStruct task)
    {
        Operation(task);
        Interlocked.Increment(ref _operations);
    }

    /// <summary>Everything that has to be true now that nobody moves.</summary>
    public abstract void Check();

    /// <summary>One operation.</summary>
    protected abstract void Operation(TaskStruct task);

    /// <summary>Checks one invariant.</summary>
    internal void Demand(bool holds, string invariant)
    {
        Interlocked.Increment(ref _invariants);
        Bug.On(!holds, $"{Name}: {invariant}");
    }
}
