using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Symbols;

/// <summary>The locks of .NET as data: documentation-comment id and what an attribute would say there.</summary>
/// <remarks>Beside the words of the attributes, rows know <c>Timeout</c> (the time limit's parameter: infinite, the try is an
/// acquire), <c>Flag</c> (set to true once the lock is taken) and the words of <see cref="ContractText"/>.</remarks>
internal static class DotNetLocks
{
    /// <summary>Id and words, in the order of the reference page that is written from them.</summary>
    public static ImmutableArray<TableRow> Locks { get; } =
    [
        Row("M:System.Threading.Monitor.Enter(System.Object)", "Acquires(obj)"),
        Row("M:System.Threading.Monitor.Enter(System.Object,System.Boolean@)", "Acquires(obj, Flag = lockTaken)"),
        Row("M:System.Threading.Monitor.Exit(System.Object)", "Releases(obj)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object)", "TryAcquires(obj)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object,System.Int32)", "TryAcquires(obj, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object,System.TimeSpan)", "TryAcquires(obj, Timeout = timeout)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object,System.Boolean@)", "TryAcquires(obj, Result = lockTaken)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object,System.Int32,System.Boolean@)",
            "TryAcquires(obj, Result = lockTaken, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.Monitor.TryEnter(System.Object,System.TimeSpan,System.Boolean@)",
            "TryAcquires(obj, Result = lockTaken, Timeout = timeout)"),
        Row("M:System.Threading.Monitor.IsEntered(System.Object)", "AssertsHeld(obj, On = True)"),
        Row("M:System.Threading.Monitor.Wait*", "Drops(obj)", "MaySleep"),
        Row("M:System.Threading.Monitor.Pulse(System.Object)", "MustHold(obj)"),
        Row("M:System.Threading.Monitor.PulseAll(System.Object)", "MustHold(obj)"),

        Row("T:System.Threading.Lock", "LockType(Mutex, Reentrant = true)"),
        Row("T:System.Threading.Lock.Scope", "ScopedLock"),
        Row("M:System.Threading.Lock.Enter", "Acquires(this)"),
        Row("M:System.Threading.Lock.EnterScope", "Acquires(this)"),
        Row("M:System.Threading.Lock.TryEnter", "TryAcquires(this)"),
        Row("M:System.Threading.Lock.TryEnter(System.Int32)", "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.Lock.TryEnter(System.TimeSpan)", "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.Lock.Exit", "Releases(this)"),
        Row("P:System.Threading.Lock.IsHeldByCurrentThread", "AssertsHeld(this, On = True)"),

        Row("T:System.Threading.Mutex", "LockType(Mutex, Reentrant = true)"),
        Row("M:System.Threading.WaitHandle.WaitOne|T:System.Threading.Mutex", "Acquires(this)"),
        Row("M:System.Threading.WaitHandle.WaitOne(System.Int32)|T:System.Threading.Mutex",
            "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.WaitHandle.WaitOne(System.TimeSpan)|T:System.Threading.Mutex",
            "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.WaitHandle.WaitOne(System.Int32,System.Boolean)|T:System.Threading.Mutex",
            "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.WaitHandle.WaitOne(System.TimeSpan,System.Boolean)|T:System.Threading.Mutex",
            "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.Mutex.ReleaseMutex", "Releases(this)"),

        Row("T:System.Threading.SpinLock", "LockType(Spin)"),
        Row("M:System.Threading.SpinLock.Enter(System.Boolean@)", "Acquires(this, Flag = lockTaken)"),
        Row("M:System.Threading.SpinLock.TryEnter(System.Boolean@)", "TryAcquires(this, Result = lockTaken)"),
        Row("M:System.Threading.SpinLock.TryEnter(System.Int32,System.Boolean@)",
            "TryAcquires(this, Result = lockTaken, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.SpinLock.TryEnter(System.TimeSpan,System.Boolean@)",
            "TryAcquires(this, Result = lockTaken, Timeout = timeout)"),
        Row("M:System.Threading.SpinLock.Exit*", "Releases(this)"),
        Row("P:System.Threading.SpinLock.IsHeldByCurrentThread", "AssertsHeld(this, On = True)"),

        Row("T:System.Threading.SemaphoreSlim", "LockType(Mutex, ThreadAffine = false)"),
        Row("M:System.Threading.SemaphoreSlim.Wait", "Acquires(this)"),
        Row("M:System.Threading.SemaphoreSlim.Wait(System.Threading.CancellationToken)", "Acquires(this)"),
        Row("M:System.Threading.SemaphoreSlim.Wait(System.Int32)", "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.SemaphoreSlim.Wait(System.Int32,System.Threading.CancellationToken)",
            "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.SemaphoreSlim.Wait(System.TimeSpan)", "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.SemaphoreSlim.Wait(System.TimeSpan,System.Threading.CancellationToken)",
            "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync", "Acquires(this)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync(System.Threading.CancellationToken)", "Acquires(this)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync(System.Int32)", "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync(System.Int32,System.Threading.CancellationToken)",
            "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync(System.TimeSpan)", "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.SemaphoreSlim.WaitAsync(System.TimeSpan,System.Threading.CancellationToken)",
            "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.SemaphoreSlim.Release*", "Releases(this)"),

        Row("T:System.Threading.ReaderWriterLockSlim", "LockType(ReaderWriterSemaphore)"),
        Row("M:System.Threading.ReaderWriterLockSlim.EnterReadLock", "AcquiresShared(this)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterReadLock(System.Int32)",
            "TryAcquiresShared(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterReadLock(System.TimeSpan)",
            "TryAcquiresShared(this, Timeout = timeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.ExitReadLock", "ReleasesShared(this)"),
        Row("M:System.Threading.ReaderWriterLockSlim.EnterUpgradeableReadLock", "AcquiresUpgradeable(this)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterUpgradeableReadLock(System.Int32)",
            "TryAcquiresUpgradeable(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterUpgradeableReadLock(System.TimeSpan)",
            "TryAcquiresUpgradeable(this, Timeout = timeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.ExitUpgradeableReadLock", "ReleasesUpgradeable(this)"),
        Row("M:System.Threading.ReaderWriterLockSlim.EnterWriteLock", "Acquires(this)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterWriteLock(System.Int32)",
            "TryAcquires(this, Timeout = millisecondsTimeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.TryEnterWriteLock(System.TimeSpan)",
            "TryAcquires(this, Timeout = timeout)"),
        Row("M:System.Threading.ReaderWriterLockSlim.ExitWriteLock", "Releases(this)"),
        Row("P:System.Threading.ReaderWriterLockSlim.IsReadLockHeld", "AssertsHeldShared(this, On = True)"),
        Row("P:System.Threading.ReaderWriterLockSlim.IsUpgradeableReadLockHeld", "AssertsHeldUpgradeable(this, On = True)"),
        Row("P:System.Threading.ReaderWriterLockSlim.IsWriteLockHeld", "AssertsHeld(this, On = True)"),

        Row("T:System.Threading.ReaderWriterLock", "LockType(ReaderWriterSemaphore, Reentrant = true)"),
        Row("M:System.Threading.ReaderWriterLock.AcquireReaderLock*", "AcquiresShared(this)"),
        Row("M:System.Threading.ReaderWriterLock.AcquireWriterLock*", "Acquires(this)"),
        Row("M:System.Threading.ReaderWriterLock.ReleaseReaderLock", "ReleasesShared(this)"),
        Row("M:System.Threading.ReaderWriterLock.ReleaseWriterLock", "Releases(this)"),
        Row("M:System.Threading.ReaderWriterLock.ReleaseLock", "ReleasesAny(this)"),
        Row("M:System.Threading.ReaderWriterLock.UpgradeToWriterLock*", "Upgrades(this)"),
        Row("M:System.Threading.ReaderWriterLock.DowngradeFromWriterLock*", "Downgrades(this)"),
        Row("P:System.Threading.ReaderWriterLock.IsReaderLockHeld", "AssertsHeldShared(this, On = True)"),
        Row("P:System.Threading.ReaderWriterLock.IsWriterLockHeld", "AssertsHeld(this, On = True)"),
    ];

    /// <summary>Every row by its type's id.</summary>
    public static RowIndex Rows { get; } = new(Parsed());

    /// <summary>Names of the members that take, give back or tell about a lock: their appearance makes a body interesting.</summary>
    public static ImmutableHashSet<string> MemberNames { get; } = NamesOfMembers();

    private static List<ExternalRow> Parsed()
    {
        var rows = new List<ExternalRow>();
        foreach (var (id, words) in Locks)
            rows.Add(Parse(id, words));
        foreach (var (id, words) in DotNetCalls.Calls)
            rows.Add(Parse(id, words));
        return rows;
    }

    private static ImmutableHashSet<string> NamesOfMembers()
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (id, words) in Locks)
        {
            if (Parse(id, words) is { Kind: not 'T' } row)
                names.Add(row.MemberName);
        }

        // [MethodImpl(MethodImplOptions.Synchronized)] locks without a word in the body.
        names.Add(nameof(System.Runtime.CompilerServices.MethodImplOptions.Synchronized));
        return names.ToImmutable();
    }

    private static TableRow Row(string id, params string[] words) => new(id, ImmutableArray.Create(words));

    private static ExternalRow Parse(string id, ImmutableArray<string> words)
    {
        var parsed = ImmutableArray.CreateBuilder<Annotation>(words.Length);
        foreach (var word in words)
        {
            parsed.Add(ContractText.Parse(word, out var problem)
                ?? throw new InvalidOperationException($"the table says {word}: {problem}"));
        }

        return ExternalRow.Create(id, parsed.MoveToImmutable()) ?? throw new InvalidOperationException($"the table has {id}");
    }
}

/// <summary>A row as it is written.</summary>
internal sealed record TableRow(string Id, ImmutableArray<string> Words);
