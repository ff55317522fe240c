using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>
/// Drives the model from several threads for some seconds, stops the world now and then to audit it, and prints what was
/// done. Exit code 1 and the broken invariant if there is one.
/// </summary>
[NoLockAnalysis("the driver is outside of the kernel")]
public static class Program
{
    /// <summary>The command line.</summary>
    public static int Main(string[] args)
    {
        int seed = 1, seconds = 5, threads = 10;
        bool validator = true;
        string only = "";
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--seed" when int.TryParse(value, out seed):
                case "--seconds" when int.TryParse(value, out seconds):
                case "--threads" when int.TryParse(value, out threads) && threads > 0:
                    i++;
                    break;
                case "--validator" when value is "on" or "off":
                    validator = value == "on";
                    i++;
                    break;
                case "--rmap" when value is "ptl" or "lock_page_memcg":
                    Rmap.UseLockPageMemcg = value == "lock_page_memcg";
                    i++;
                    break;
                case "--system" when value != null:
                    only = value;
                    i++;
                    break;
                default:
                    Console.WriteLine("options: --seed N  --seconds N  --threads N  --validator on|off  --system NAME  "
                        + "--rmap ptl|lock_page_memcg");
                    return args[i] is "--help" or "-h" ? 0 : 2;
            }
        }
        return Run(seed, seconds, threads, validator, only);
    }

    private static int Run(int seed, int seconds, int threads, bool validator, string only)
    {
        Console.WriteLine($"MmKernel: seed {seed}, {seconds} s, {threads} threads, validator {(validator ? "on" : "off")}");
        Machine.Boot(new MachineOptions { Seed = seed, Validator = validator });
        Workload[] all = [new LruWorkload(), new MigrateWorkload(), new SwapWorkload(), new CgroupWorkload(), new RmapWorkload()];
        Workload[] workloads = [.. all.Where(w => w.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        if (workloads.Length == 0)
        {
            Console.WriteLine($"no system is called {only}; there are: {string.Join(", ", all.Select(w => w.Name))}");
            return 2;
        }
        Machine.RunTask("boot", () =>
        {
            foreach (var workload in workloads)
                workload.SetUp(seed);
        });
        StartBackground(seed);
        for (int i = 0; i < threads; i++)
        {
            var workload = workloads[i % workloads.Length];
            Machine.StartWorker($"worker {i} ({workload.Name})", seed + i, workload.Step);
        }
        Watch(workloads, seconds);
        bool ended = !Bug.Broken && Machine.StopTheWorld(() => Check(workloads)) && Machine.StopWorkers();
        Report(workloads);
        return ended && !Bug.Broken ? 0 : 1;
    }

    private static void StartBackground(int seed)
    {
        for (int nid = 0; nid < MemMap.Zones.Length; nid++)
        {
            int node = nid;
            Machine.StartWorker($"kswapd{node}", seed, _ =>
            {
                if (Vmscan.KswapdWanted(node))
                    Vmscan.BalancePgdat(node);
                else
                    Sched.ScheduleTimeout();
            });
        }
    }

    private static void Watch(Workload[] workloads, int seconds)
    {
        var clock = Stopwatch.StartNew();
        long last = -1;
        int stuck = 0;
        while (clock.Elapsed.TotalSeconds < seconds && !Bug.Broken)
        {
            Thread.Sleep(500);
            long operations = workloads.Sum(w => w.Operations);
            stuck = operations == last ? stuck + 1 : 0;
            last = operations;
            if (stuck > 20)
            {
                Bug.Record("no operation ended for ten seconds: somebody waits for ever" + Environment.NewLine
                    + Machine.WhoWaits());
                return;
            }
            Machine.StopTheWorld(() => Check(workloads));
            Console.WriteLine($"  {clock.Elapsed.TotalSeconds,5:0.0} s  {operations,9:N0} operations  "
                + $"{Races.Total,8:N0} races met  {workloads.Sum(w => w.Invariants),9:N0} invariants checked");
        }
    }

    private static void Check(Workload[] workloads)
    {
        foreach (var workload in workloads)
            workload.Check();
        MemoryCheck.Run(workloads.SelectMany(w => w.Mappings).Append(Swapfile.SwapCache), workloads[0].Demand);
    }

    private static void Report(Workload[] workloads)
    {
        Console.WriteLine();
        Console.WriteLine($"{"system",-36} {"operations",12} {"races met",12} {"invariants",12}");
        foreach (var workload in workloads)
        {
            Console.WriteLine($"{workload.Name,-36} {workload.Operations,12:N0} {workload.Races.Sum(Races.Of),12:N0} "
                + $"{workload.Invariants,12:N0}");
        }
        Console.WriteLine();
        Console.WriteLine("races met: " + string.Join(", ", Counted().Select(c => $"{c.Name} {c.Count:N0}")));
        Console.WriteLine($"reclaimed {Vmscan.Reclaimed:N0} pages, isolated {Compaction.Isolated:N0} for compaction, "
            + $"{BlockDevice.Completed:N0} disk requests, {Cpu.InterruptsDelivered:N0} interrupts, "
            + $"{Rcu.GracePeriods:N0} grace periods, {Cgroup.Freed:N0} groups freed, "
            + $"{Migrate.Migrated:N0} pages migrated, {MemoryHotplug.Offlined:N0} ranges offlined "
            + $"(at most {MemoryHotplug.WorstAttempts} attempts), "
            + $"{Swapfile.Orphaned:N0} swap pages left behind");
        Console.WriteLine(LockValidator.Enabled
            ? $"validator: {LockValidator.Checks:N0} acquisitions checked, {LockValidator.Reports.Count} reports"
            : "validator: off");
        if (Bug.Broken)
            Console.WriteLine($"BROKEN: {Bug.Messages[0]}");
        if (!Bug.Broken)
            Console.WriteLine("every invariant holds");
    }

    private static IEnumerable<(string Name, long Count)> Counted() =>
        Enumerable.Range(0, (int)Race.Count).Select(r => (((Race)r).ToString(), Races.Of((Race)r))).Where(r => r.Item2 > 0);
}
