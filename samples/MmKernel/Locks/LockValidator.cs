using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using MmLock;

namespace MmKernel;

/// <summary>One lock that one task holds.</summary>
internal sealed class HeldLock(KernelLock @lock, bool shared, bool tried)
{
    public readonly KernelLock Lock = @lock;
    public readonly bool Shared = shared;
    public readonly bool Tried = tried;

    /// <summary>Released by somebody else: page locks have no owner.</summary>
    public volatile bool Gone;
}

/// <summary>
/// The run-time lock validator, after lockdep: it sees every acquisition of the running model and reports what the
/// analyzer should have found: the declared order (read from the <see cref="LockHierarchyAttribute"/> text), rings of
/// observed orders, double acquires, sleeping in atomic context, interrupt safety, RCU use. On the model it has
/// nothing to say; on a wrong variant it says which rule breaks at run time.
/// </summary>
[NoLockAnalysis("primitive: watches the locks, holds none of the model's")]
public static class LockValidator
{
    private static readonly Dictionary<string, HashSet<string>> Inside = [];
    private static readonly HashSet<string> Nestable = [];
    private static readonly HashSet<string> IrqSafe = [];
    private static readonly ConcurrentDictionary<(string Outer, string Inner), bool> Observed = new();
    private static readonly ConcurrentDictionary<string, int> Reported = new();
    private static readonly object GraphGate = new();
    private static long Checked;

    /// <summary>Is the validator on?</summary>
    public static bool Enabled { get; set; } = true;

    /// <summary>Acquisitions checked so far.</summary>
    public static long Checks => Interlocked.Read(ref Checked);

    /// <summary>Everything reported so far, with the number of times it was seen.</summary>
    public static IReadOnlyList<string> Reports => [.. Reported.Select(r => $"{r.Key} (x{r.Value})")];

    /// <summary>Reads the declared order and the classes from the annotations of the model.</summary>
    public static void Boot()
    {
        Inside.Clear();
        foreach (var attribute in typeof(LockValidator).Assembly.GetCustomAttributes<LockHierarchyAttribute>())
            ReadTree(attribute.Tree);
        Close();
        foreach (var type in typeof(LockValidator).Assembly.GetTypes())
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
                | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                if (field.GetCustomAttribute<LockClassAttribute>() is not { } lockClass)
                    continue;
                if (lockClass.Nesting == LockNesting.Ordered)
                    Nestable.Add(lockClass.Name);
                if (lockClass.TakenIn != IrqContext.None)
                    IrqSafe.Add(lockClass.Name);
            }
        }
    }

    /// <summary>Does the declared order put <paramref name="inner"/> inside <paramref name="outer"/>?</summary>
    public static bool MayNest(string outer, string inner) => Inside.TryGetValue(outer, out var set) && set.Contains(inner);

    /// <summary>Reports a broken rule, once per text.</summary>
    public static void Report(string rule, string message)
    {
        if (!Enabled)
            return;
        string text = $"{rule}: {message}";
        if (Reported.AddOrUpdate(text, 1, static (_, n) => n + 1) == 1)
            Bug.Record($"validator: {text}{Environment.NewLine}  held: {Describe(TaskStruct.Current)}{Environment.NewLine}"
                + Environment.StackTrace);
    }

    /// <summary>Forgets what was reported: for code that breaks rules on purpose.</summary>
    public static void Reset()
    {
        Reported.Clear();
        Observed.Clear();
    }

    internal static string Describe(TaskStruct task)
    {
        string locks;
        try
        {
            locks = string.Join(" > ", task.Held.Where(h => !h.Gone).Select(h => h.Lock.ClassName + (h.Shared ? " (shared)" : "")));
        }
        catch (InvalidOperationException)
        {
            locks = "changing";
        }
        string contexts = (task.InHardirq ? " hardirq" : "") + (task.InSoftirq ? " softirq" : "") + (task.IrqsOff ? " irqs-off" : "")
            + (task.PreemptCount > 0 ? " preempt-off" : "") + (task.RcuNesting > 0 ? " rcu" : "");
        return (locks.Length == 0 ? "nothing" : locks) + contexts;
    }

    /// <summary>Before a lock is taken or tried.</summary>
    internal static void Acquiring(KernelLock taken, bool shared, bool tried)
    {
        if (!Enabled)
            return;
        Interlocked.Increment(ref Checked);
        var task = TaskStruct.Current;
        CheckIrqUse(task, taken, tried);
        foreach (var held in task.Held)
        {
            if (held.Gone || tried)
                continue;
            if (ReferenceEquals(held.Lock, taken))
            {
                Report("double acquire", $"{taken.ClassName} is taken by a task that holds it");
                throw new BugException($"self-deadlock on {taken.ClassName}");
            }
            string outer = held.Lock.ClassName, inner = taken.ClassName;
            if (outer == inner)
            {
                if (!Nestable.Contains(inner))
                    Report("nesting", $"two locks of class {inner} are held at once");
                continue;
            }
            if (MayNest(inner, outer))
                Report("order", $"{inner} is taken inside {outer}, but the hierarchy puts it outside");
            Observe(outer, inner);
        }
    }

    /// <summary>After a lock was taken.</summary>
    internal static void Acquired(KernelLock taken, bool shared, bool tried)
    {
        if (!Enabled)
            return;
        TaskStruct.Current.Held.Add(new HeldLock(taken, shared, tried));
    }

    /// <summary>Before a lock is released by the task that took it.</summary>
    internal static void Releasing(KernelLock released, bool shared)
    {
        if (!Enabled)
            return;
        var held = TaskStruct.Current.Held;
        for (int i = held.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(held[i].Lock, released) || held[i].Gone)
                continue;
            if (held[i].Shared != shared)
                Report("mode", $"{released.ClassName} is released in another mode than it was taken in");
            held.RemoveAt(i);
            return;
        }
        Report("held", $"{released.ClassName} is released by a task that does not hold it");
    }

    /// <summary>Before an owner-less lock is released, possibly by another task or an interrupt.</summary>
    internal static void ReleasingAnywhere(KernelLock released, HeldLock? entry)
    {
        if (!Enabled || entry == null)
            return;
        entry.Gone = true;
        TaskStruct.Current.Held.Remove(entry);
    }

    internal static HeldLock? LastEntry() => Enabled && TaskStruct.Current.Held.Count > 0 ? TaskStruct.Current.Held[^1] : null;

    /// <summary>A call that may acquire a class without a lock object, such as reclaim.</summary>
    public static void MayAcquire(string lockClass)
    {
        if (!Enabled)
            return;
        foreach (var held in TaskStruct.Current.Held)
        {
            if (held.Gone)
                continue;
            if (MayNest(lockClass, held.Lock.ClassName))
                Report("order", $"{lockClass} may be entered inside {held.Lock.ClassName}, but the hierarchy puts it outside");
            Observe(held.Lock.ClassName, lockClass);
        }
    }

    /// <summary>Before something that may sleep.</summary>
    internal static void MightSleep(string what)
    {
        if (!Enabled)
            return;
        var task = TaskStruct.Current;
        if (task.Atomic)
            Report("sleep", $"may sleep (on {what}) in atomic context");
    }

    /// <summary>lockdep_assert_held.</summary>
    internal static void AssertHeld(KernelLock @lock)
    {
        if (!Enabled)
            return;
        foreach (var held in TaskStruct.Current.Held)
        {
            if (ReferenceEquals(held.Lock, @lock) && !held.Gone)
                return;
        }
        Report("held", $"{@lock.ClassName} is not held");
    }

    /// <summary>Is this lock held by this task, as far as the validator knows?</summary>
    internal static bool IsHeld(KernelLock @lock)
    {
        foreach (var held in TaskStruct.Current.Held)
        {
            if (ReferenceEquals(held.Lock, @lock) && !held.Gone)
                return true;
        }
        return false;
    }

    /// <summary>An RCU dereference needs a reader of its flavour, or the update lock.</summary>
    internal static void RcuDereference(bool inReader, string flavour)
    {
        if (Enabled && !inReader)
            Report("rcu", $"a pointer of flavour {flavour} is dereferenced outside a reader");
    }

    internal static void EnablingIrqs(TaskStruct task)
    {
        if (!Enabled)
            return;
        foreach (var held in task.Held)
        {
            if (!held.Gone && IrqSafe.Contains(held.Lock.ClassName))
                Report("irq", $"interrupts are enabled while {held.Lock.ClassName}, which interrupts take, is held");
        }
    }

    internal static void CheckNothingHeld(TaskStruct task, string when)
    {
        if (!Enabled)
            return;
        task.Held.RemoveAll(h => h.Gone);
        if (task.Held.Count > 0)
            Report("held", $"{Describe(task)} is still held {when}");
        if (task.Atomic)
            Report("context", $"atomic context is not left {when}: {Describe(task)}");
    }

    internal static void CheckHandlerBalanced(TaskStruct task, int before)
    {
        if (!Enabled)
            return;
        int after = task.Held.Count;
        if (after > before)
            Report("held", $"an interrupt handler ends holding {Describe(task)}");
    }

    private static void CheckIrqUse(TaskStruct task, KernelLock taken, bool tried)
    {
        if (taken.Kind is not (LockKind.Spin or LockKind.RawSpin))
            return;
        string name = taken.ClassName;
        if (task.InHardirq && !IrqSafe.Contains(name))
        {
            Report("irq", $"{name} is taken in an interrupt but not declared so");
            return;
        }
        if (!task.IrqsOff && IrqSafe.Contains(name))
            Report("irq", $"{name}, which interrupts take, is taken with interrupts on");
        if (tried || IrqSafe.Contains(name))
            return;
        foreach (var held in task.Held)
        {
            if (!held.Gone && IrqSafe.Contains(held.Lock.ClassName))
                Report("irq", $"{name}, taken with interrupts on elsewhere, is taken under {held.Lock.ClassName}");
        }
    }

    /// <summary>Remembers an order and looks for a way back: a ring means that two tasks can wait for each other.</summary>
    private static void Observe(string outer, string inner)
    {
        if (!Observed.TryAdd((outer, inner), true))
            return;
        lock (GraphGate)
        {
            var seen = new HashSet<string> { inner };
            var todo = new Queue<string>([inner]);
            while (todo.TryDequeue(out string? at))
            {
                foreach (var (from, to) in Observed.Keys)
                {
                    if (from != at)
                        continue;
                    if (to == outer)
                    {
                        Report("ring", $"{inner} inside {outer} closes a ring of observed orders (back over {at})");
                        return;
                    }
                    if (seen.Add(to))
                        todo.Enqueue(to);
                }
            }
        }
    }

    private static void ReadTree(string tree)
    {
        var path = new List<(int Indent, string[] Names)>();
        foreach (string raw in tree.Split('\n'))
        {
            string line = raw.Split('#')[0].TrimEnd();
            if (line.Trim().Length == 0)
                continue;
            int indent = line.Length - line.TrimStart().Length;
            string[] names = [.. line.Trim().Split(" or ").Select(n => n.Trim().TrimStart('@'))];
            while (path.Count > 0 && path[^1].Indent >= indent)
                path.RemoveAt(path.Count - 1);
            foreach (string name in names)
            {
                Inside.TryAdd(name, []);
                if (path.Count == 0)
                    continue;
                foreach (string outer in path[^1].Names)
                    Inside[outer].Add(name);
            }
            path.Add((indent, names));
        }
    }

    private static void Close()
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (var (_, inner) in Inside)
            {
                foreach (string name in inner.ToArray())
                {
                    foreach (string deeper in Inside[name])
                        changed |= inner.Add(deeper);
                }
            }
        }
        foreach (var (name, inner) in Inside)
        {
            if (inner.Contains(name))
                throw new InvalidOperationException($"the declared order contradicts itself at {name}");
        }
    }
}
