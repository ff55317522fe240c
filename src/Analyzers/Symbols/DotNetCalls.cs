using System.Collections.Immutable;

namespace MmLock.Analyzers.Symbols;

/// <summary>What else of .NET matters to locks: calls that block, that run a delegate before they return, that never return.</summary>
internal static class DotNetCalls
{
    private const string Generic = "System.Collections.Generic.";

    /// <summary>Rows in the form of <see cref="DotNetLocks.Locks"/>.</summary>
    public static ImmutableArray<TableRow> Calls { get; } =
    [
        // Another name of the collection's monitor: each collection has its own, whatever interface is asked for it.
        .. SyncRoots(
            "System.Collections.ICollection System.Array System.Collections.ArrayList System.Collections.BitArray "
            + "System.Collections.Hashtable System.Collections.Queue System.Collections.SortedList System.Collections.Stack "
            + "System.Collections.Specialized.HybridDictionary System.Collections.Specialized.ListDictionary "
            + "System.Collections.Specialized.StringCollection System.Collections.Specialized.StringDictionary"),

        // Blocking: sleeping by another name.
        .. Each("System.Threading.Thread", "Sleep Join", "MaySleep"),
        .. Each("System.Threading.WaitHandle", "WaitOne WaitAll WaitAny SignalAndWait", "MaySleep"),
        .. Each("System.Threading.ManualResetEventSlim", "Wait", "MaySleep"),
        .. Each("System.Threading.CountdownEvent", "Wait", "MaySleep"),
        .. Each("System.Threading.Barrier", "SignalAndWait", "MaySleep"),
        .. Each("System.Threading.Tasks.Task", "Wait WaitAll WaitAny", "MaySleep"),
        .. Each("System.Threading.Tasks.Task`1", "get_Result", "MaySleep"),
        .. Each("System.Runtime.CompilerServices.TaskAwaiter", "GetResult", "MaySleep"),
        .. Each("System.Runtime.CompilerServices.TaskAwaiter`1", "GetResult", "MaySleep"),
        .. Each("System.Collections.Concurrent.BlockingCollection`1", "Add Take", "MaySleep"),

        // Never returning.
        .. Each("System.Environment", "FailFast Exit", "DoesNotReturn"),
        .. Each("System.Diagnostics.Debug", "Assert", "DoesNotReturnIf(condition, false)"),
        .. Each("System.Diagnostics.Trace", "Assert", "DoesNotReturnIf(condition, false)"),
        .. Each("System.Diagnostics.Debug", "Fail", "DoesNotReturn"),
        .. Each("System.Diagnostics.Contracts.Contract", "Assert Assume", "DoesNotReturnIf(condition, false)"),
        .. Each("System.Runtime.ExceptionServices.ExceptionDispatchInfo", "Throw", "DoesNotReturn"),

        // Running a delegate before they return.
        .. Each(Generic + "List`1",
            "ForEach RemoveAll Sort ConvertAll Exists Find FindAll FindIndex FindLast FindLastIndex TrueForAll",
            "InvokedHere(*)"),
        .. Each("System.Array",
            "ForEach Sort ConvertAll Exists Find FindAll FindIndex FindLast FindLastIndex TrueForAll", "InvokedHere(*)"),
        .. Each(Generic + "HashSet`1", "RemoveWhere", "InvokedHere(*)"),
        .. Each(Generic + "SortedSet`1", "RemoveWhere", "InvokedHere(*)"),
        .. Each("System.MemoryExtensions", "Sort", "InvokedHere(*)"),
        .. Each("System.String", "Create", "InvokedHere(*)"),
        .. Each("System.Collections.Concurrent.ConcurrentDictionary`2", "GetOrAdd AddOrUpdate", "InvokedHere(*)"),
        .. Each("System.Collections.Immutable.ImmutableInterlocked", "Update GetOrAdd AddOrUpdate", "InvokedHere(*)"),
        .. Each("System.Collections.Immutable.ImmutableList`1",
            "ForEach RemoveAll Sort ConvertAll Exists Find FindAll FindIndex FindLast FindLastIndex TrueForAll",
            "InvokedHere(*)"),
        .. Each("System.Collections.Immutable.ImmutableArray`1", "RemoveAll Sort", "InvokedHere(*)"),
        .. Each("System.Threading.LazyInitializer", "EnsureInitialized", "InvokedHere(*)"),
        .. Each("System.Threading.ExecutionContext", "Run", "InvokedHere(*)"),
        .. Each("System.Threading.SpinWait", "SpinUntil", "InvokedHere(*)"),
        .. Each("System.Text.RegularExpressions.Regex", "Replace", "InvokedHere(*)"),

        // Running a delegate before they return, elsewhere.
        .. Each("System.Threading.Tasks.Parallel", "For ForEach Invoke", "InvokedElsewhere(*)", "MaySleep"),
        .. Each("System.Linq.ParallelEnumerable", "ForAll", "InvokedElsewhere(*)", "MaySleep"),

        // Sequences: read to the end here, or left for later.
        .. Each("System.Linq.Enumerable",
            "Aggregate All Any Average Contains Count ElementAt ElementAtOrDefault First FirstOrDefault Last LastOrDefault "
            + "LongCount Max MaxBy Min MinBy SequenceEqual Single SingleOrDefault Sum ToArray ToDictionary ToHashSet ToList ToLookup",
            "InvokedHere(*)", "Consumes(source)", "Consumes(first)", "Consumes(second)"),
        .. Each("System.Linq.Enumerable",
            "AggregateBy Append AsEnumerable Cast Chunk Concat CountBy DefaultIfEmpty Distinct DistinctBy Except ExceptBy GroupBy "
            + "GroupJoin Index Intersect IntersectBy Join LeftJoin OfType Order OrderBy OrderByDescending OrderDescending Prepend "
            + "Reverse RightJoin Select SelectMany Skip SkipLast SkipWhile Take TakeLast TakeWhile ThenBy ThenByDescending Union "
            + "UnionBy Where Zip",
            "Deferred"),
        .. Each(Generic + "List`1", "#ctor AddRange InsertRange", "Consumes(collection)"),
        .. Each(Generic + "HashSet`1", "#ctor", "Consumes(collection)"),
        .. Each(Generic + "Queue`1", "#ctor", "Consumes(collection)"),
        .. Each(Generic + "Stack`1", "#ctor", "Consumes(collection)"),
        .. Each(Generic + "SortedSet`1", "#ctor", "Consumes(collection)"),
        .. Each(Generic + "Dictionary`2", "#ctor", "Consumes(collection)"),
        .. Each(Generic + "HashSet`1",
            "UnionWith ExceptWith IntersectWith SymmetricExceptWith Overlaps SetEquals IsSubsetOf IsSupersetOf", "Consumes(other)"),
        .. Each("System.String", "Join Concat", "Consumes(values)"),
        .. Each("System.Collections.Immutable.ImmutableArray", "CreateRange ToImmutableArray", "Consumes(items)"),
        .. Each("System.Collections.Immutable.ImmutableList", "CreateRange ToImmutableList", "Consumes(items)", "Consumes(source)"),
    ];

    /// <summary>Methods that change a collection, by name: what a <c>[PointeeGuardedBy]</c> reference counts as writing.</summary>
    public static ImmutableHashSet<string> Mutators { get; } =
    [
        .. ("Add AddAfter AddBefore AddFirst AddLast AddOrUpdate AddRange And Clear Dequeue DequeueEnqueue Enqueue "
            + "EnqueueDequeue EnqueueRange EnsureCapacity ExceptWith GetOrAdd Insert InsertRange IntersectWith LeftShift Not Or Pop "
            + "Push PushRange Remove RemoveAll RemoveAt RemoveFirst RemoveKey RemoveLast RemoveRange RemoveWhere Reverse "
            + "RightShift Set SetAll SetAt SetByIndex SetRange Sort SymmetricExceptWith Take TrimExcess TrimToSize TryAdd TryDequeue TryPop "
            + "TryPopRange TryRemove TryTake TryUpdate UnionWith Xor set_Capacity set_Item set_Length").Split(' '),
    ];

    private static TableRow[] SyncRoots(string types)
    {
        var names = types.Split(' ');
        var rows = new TableRow[names.Length];
        for (var i = 0; i < names.Length; i++)
            rows[i] = new($"P:{names[i]}.SyncRoot", ["ReturnsLock(this)"]);
        return rows;
    }

    private static TableRow[] Each(string type, string methods, params string[] words)
    {
        var names = methods.Split(' ');
        var rows = new TableRow[names.Length];
        for (var i = 0; i < names.Length; i++)
            rows[i] = new($"M:{type}.{names[i]}*", ImmutableArray.Create(words));
        return rows;
    }
}
