using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Suggestion;

/// <summary>Nearly every access to a field holds the same lock, and nothing says so.</summary>
public sealed class MML6001InferredGuardTests
{
    [Fact]
    public Task LruSize_TouchedUnderTheLruLock_IsSuggested() => Marked("""
        // mem_cgroup_update_lru_size: everybody knows that the sizes belong to lru_lock, and nobody has written it down.
        class Lruvec
        {
            readonly SpinLock lruLock = new();
            private long size; //~ MML6001

            public void Add(int pages)
            {
                lruLock.LockIrq();
                size += pages;
                lruLock.UnlockIrq();
            }

            public void Remove(int pages)
            {
                lruLock.LockIrqSave(out var flags);
                size -= pages;
                if (size < 0)
                    size = 0;
                lruLock.UnlockIrqRestore(flags);
            }

            public long Read()
            {
                using var held = new SpinGuard(lruLock);
                return size;
            }

            [MustHold("lruLock")]
            public bool IsEmpty() => size == 0;
        }
        """);

    [Fact]
    public Task DeclaredGuard_NeedsNoSuggestion() => Marked("""
        class Lruvec
        {
            readonly SpinLock lruLock = new();
            [GuardedBy("lruLock")] private long size;

            public void Add(int pages)
            {
                lruLock.Lock();
                size += pages;
                size += pages;
                size += pages;
                size += pages;
                size += pages;
                lruLock.Unlock();
            }
        }

        class Asked
        {
            readonly SpinLock gate = new();
            private long size; //~ MML6001
            public void Add() { gate.Lock(); size++; size++; size++; size++; size++; gate.Unlock(); }
        }
        """);

    [Fact]
    public Task SharedIsEnoughToRead_NotToWrite() => Marked("""
        class Map
        {
            readonly RwSem sem = new();
            private int read; //~ MML6001
            private int writtenShared;

            public int Read()
            {
                sem.DownRead();
                int sum = read + read + read + read + writtenShared;
                sem.UpRead();
                return sum;
            }

            public void Write()
            {
                sem.DownWrite();
                read = 1;
                sem.UpWrite();
                sem.DownRead();
                writtenShared = 1;
                writtenShared = 2;
                writtenShared = 3;
                writtenShared = 4;
                sem.UpRead();
            }
        }
        """);

    [Fact]
    public Task Finding_CountsTheEvidence() => Verify.Spans("""
        class Counter
        {
            private readonly object gate = new();
            private int {|#0:count|};
            public void M()
            {
                lock (gate)
                {
                    count = 1;
                    count = 2;
                    count = 3;
                    count = 4;
                    count = 5;
                }
            }
        }
        """, Verify.Finding("MML6001").At(0).WithMessage("5 of 5 accesses to 'Counter.count' hold 'gate', which could be declared as its guard"));

    [Fact]
    public Task OneOfFiveWithoutTheLock_IsSuggested_TwoAreNot() => Marked("""
        class Slots
        {
            readonly object gate = new();
            int used; //~ MML6001
            int peeked;

            public void Take() { lock (gate) { used++; peeked++; } }
            public void Give() { lock (gate) { used--; peeked--; } }
            public void Reset() { lock (gate) { used = 0; peeked = 0; } }
            public void Reserve(int slots) { lock (gate) used = slots; }
            public int Count() => used;
            public int Peek() => peeked;
            public int PeekAgain() => peeked;
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives);
}
