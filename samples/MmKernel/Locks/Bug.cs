using System;
using System.Collections.Generic;
using MmLock;

namespace MmKernel;

/// <summary>BUG_ON and VM_BUG_ON: an invariant of the model is broken, the run ends with it.</summary>
[NoLockAnalysis("the alarm of the model: its list is no lock of the kernel")]
public static class Bug
{
    private static readonly List<string> Found = [];
    private static volatile bool Any;

    /// <summary>Has anything broken so far?</summary>
    public static bool Broken => Any;

    /// <summary>What broke, in the order of discovery.</summary>
    public static string[] Messages
    {
        get
        {
            lock (Found)
                return [.. Found];
        }
    }

    /// <summary>Breaks the run when the condition holds.</summary>
    public static void On(bool condition, string invariant)
    {
        if (condition)
            throw new BugException(invariant);
    }

    /// <summary>Tasks that wait without end ask here whether waiting still makes sense.</summary>
    public static void StopIfBroken()
    {
        if (Any)
            throw new BugException("stopped: another task broke an invariant");
    }

    internal static void Record(Exception e)
    {
        if (e is BugException && e.Message.StartsWith("stopped:", StringComparison.Ordinal))
            return;
        Record(e is BugException ? e.Message + Environment.NewLine + e.StackTrace : e.ToString());
    }

    internal static void Record(string message)
    {
        lock (Found)
        {
            if (Found.Count < 20)
                Found.Add(message);
            Any = true;
        }
    }

    /// <summary>Forgets what was found: for code that breaks things on purpose and says so.</summary>
    public static void Reset()
    {
        lock (Found)
        {
            Found.Clear();
            Any = false;
        }
    }
}

/// <summary>A broken invariant.</summary>
public sealed class BugException(string invariant) : Exception(invariant);
