using System;
using System.Diagnostics;
using System.Threading;
using MmKernel;

namespace Reproductions;

/// <summary>One bug, the tasks that meet in it, and the order in which they are made to.</summary>
public abstract class Reproduction
{
    private int _steps;

    /// <summary>The class of the bug, up to its underscore.</summary>
    public abstract string Name { get; }

    /// <summary>What breaks.</summary>
    public abstract string Title { get; }

    /// <summary>Runs the tasks.</summary>
    public abstract void Run();

    /// <summary>What broke, or null. By default the first invariant of the model that did.</summary>
    public virtual string? Harm() => Bug.Broken ? Bug.Messages[0].Split('\n')[0].TrimEnd() : null;

    /// <summary>Says what happened, in the order in which it did.</summary>
    protected void Step(string text) => Console.WriteLine($"  {Interlocked.Increment(ref _steps)}. {text}");

    /// <summary>Runs something as a task of the model, to its end.</summary>
    protected static void Do(string name, Action body)
    {
        if (!Machine.RunTask(name, body))
            throw new InvalidOperationException($"{name} does not end");
    }

    /// <summary>
    /// Waits on the host, as a CPU does that is busy with something else: the task keeps its CPU and all it holds. False when
    /// it took too long.
    /// </summary>
    protected static bool Until(Func<bool> condition, int seconds = 10)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed.TotalSeconds > seconds)
                return false;
            Thread.Sleep(1);
        }
        return true;
    }

    /// <summary>A page of a file, charged to a group, on its LRU list, with one reference for the caller.</summary>
    protected static Page MakePage(AddressSpace file, int index, MemCgroup memcg)
    {
        var page = Filemap.PagecacheGetPage(file, index, memcg, 0, 0) ?? throw new InvalidOperationException("no memory");
        PageFlags.SetPageUptodate(page);
        PageLock.UnlockPage(page);
        Lru.LruAddDrainAll();
        return page;
    }
}
