using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>
/// How well-kept .NET libraries lock, with no annotation: each idiom is silent, and beside it stands the mistake that looks like it.
/// </summary>
public sealed class PlainIdiomTests
{
    [Fact]
    public Task SemaphoreAwaitedInsideATry_IsNotHeldByTheHandler() => LockScene.Marked("""
        public sealed class Queue
        {
            private readonly SemaphoreSlim _slot = new(1, 1);
            private int _n;
            public async Task<bool> Caught(CancellationToken stop)
            {
                try
                {
                    await _slot.WaitAsync(stop).ConfigureAwait(false);
                    try { _n++; } finally { _slot.Release(); }
                    return true;
                }
                catch (OperationCanceledException) { return false; }
            }
            public async Task Flagged(CancellationToken stop)
            {
                bool got = false;
                try { await _slot.WaitAsync(stop); got = true; await Task.Yield(); }
                finally { if (got) _slot.Release(); }
            }
            public async Task<bool> Forgotten(CancellationToken stop)
            {
                try { await _slot.WaitAsync(stop); await Task.Yield(); _slot.Release(); return true; }
                catch (OperationCanceledException) { return false; } //~ MML2006
            }
        }
        """);

    [Fact]
    public Task HelperThatTakesASemaphore_IsNoSecondAcquire() => LockScene.Marked("""
        public sealed class Owned
        {
            private readonly SemaphoreSlim _slot = new(1, 1);
            private readonly object _gate = new();
            private int _owner, _depth;
            public Task<bool> Obtain(int who, CancellationToken stop)
            {
                lock (_gate) { if (_owner == who) { _depth++; return Task.FromResult(true); } }
                return ObtainSlowly(who, stop);
            }
            private async Task<bool> ObtainSlowly(int who, CancellationToken stop)
            {
                try { await _slot.WaitAsync(stop).ConfigureAwait(false); } catch (OperationCanceledException) { return false; }
                lock (_gate) { _owner = who; _depth = 1; }
                return true;
            }
            public void Free(int who) { lock (_gate) { if (_owner != who || --_depth > 0) return; _owner = 0; } _slot.Release(); }
            private void Take() { _slot.Wait(); }
            public void Once() { Take(); try { _depth++; } finally { _slot.Release(); } }
            public void Twice() { Take(); Take(); _slot.Release(); } //~ MML1004
        }
        """);

    [Fact]
    public Task FlagThatSaysTheLockIsHeld_IsBelieved() => LockScene.Marked("""
        public sealed class Store
        {
            private readonly SemaphoreSlim _slot = new(1, 1);
            private int _n;
            public async Task Delete(string key, bool isHeld)
            {
                if (isHeld) { _n++; return; }
                await _slot.WaitAsync();
                try { _n++; } finally { _slot.Release(); }
            }
            public async Task Wrapped(bool isHeld) { if (!isHeld) await _slot.WaitAsync(); try { _n++; } finally { if (!isHeld) _slot.Release(); } }
            private Task PassedOn(bool held) => Delete("x", held);
            public async Task Named() { await _slot.WaitAsync(); try { await Delete("a", isHeld: true); } finally { _slot.Release(); } }
            public async Task Deep() { await _slot.WaitAsync(); try { await PassedOn(true); await Wrapped(true); } finally { _slot.Release(); } }
            public async Task Wrong() { await _slot.WaitAsync(); try { await Delete("a", isHeld: false); } finally { _slot.Release(); } } //~ MML1004
            public async Task WrongDeep() { await _slot.WaitAsync(); try { await PassedOn(false); } finally { _slot.Release(); } } //~ MML1004
            public async Task Unknown(bool b) { await _slot.WaitAsync(); try { await Delete("a", b); } finally { _slot.Release(); } } //~ MML1004
        }
        """);

    [Fact]
    public Task SemaphoreNeverLetGoHere_IsASignal() => LockScene.Marked("""
        public sealed class Pump
        {
            private readonly SemaphoreSlim _kick = new(1);
            private readonly SemaphoreSlim _slot = new(1, 1);
            public async Task Loop(CancellationToken stop) { while (!stop.IsCancellationRequested) { await _kick.WaitAsync(stop); Step(); } }
            public void Poke() => _kick.Release();
            public void TwoKicks() { _kick.Wait(); Step(); _kick.Wait(); }
            private void Step() { }
            public void Doubled() { _slot.Wait(); _slot.Wait(); _slot.Release(); } //~ MML1004
            public void Again() { _slot.Wait(); try { Locked(); } finally { _slot.Release(); } } //~ MML1004
            public void Locked() { _slot.Wait(); _slot.Release(); }
        }
        """);

    [Fact]
    public Task PulseOnTheCallersObject_IsTheCallersBusiness() => LockScene.Marked("""
        public sealed class Job { public bool IsAwaited; public readonly object Gate = new(); }
        public abstract class State { public abstract void Enter(Job job); }
        public sealed class Ended : State { public override void Enter(Job job) { if (job.IsAwaited) Monitor.Pulse(job); Monitor.PulseAll(job.Gate); } }
        public sealed class Other
        {
            private readonly object _gate = new();
            public void OwnGate() { Monitor.Pulse(_gate); } //~ MML2001
            public void LetGoTooEarly(Job job) { Monitor.Enter(job); Monitor.Exit(job); Monitor.Pulse(job); } //~ MML2001
            private static void Helper(Job job) => Monitor.Pulse(job);
            public void ThroughHelper() { var job = new Job(); lock (job) Helper(job); }
        }
        """);

    [Fact]
    public Task StripesInTheOrderOfTheirTable_AreOrdered() => LockScene.Marked("""
        public sealed class Table
        {
            private readonly object[] _stripes = new object[16];
            private readonly List<object> _more = new();
            public void All() { for (int i = 0; i < _stripes.Length; i++) Monitor.Enter(_stripes[i]); }
            public void AllBackwards() { for (int i = _stripes.Length - 1; i >= 0; i--) Monitor.Enter(_stripes[i]); }
            public void AllInTurn() { foreach (var stripe in _stripes) Monitor.Enter(stripe); }
            public void AllOfList() { foreach (var stripe in _more) Monitor.Enter(stripe); }
            public void Counted(ref int taken)
            {
                var stripes = _stripes;
                for (int i = 0; i < stripes.Length; i++)
                {
                    bool got = false;
                    try { Monitor.Enter(stripes[i], ref got); } finally { if (got) taken++; }
                }
            }
            public void Hashed(int[] keys) { foreach (var key in keys) Monitor.Enter(_stripes[key & 15]); } //~ MML1003
            public void BackAndForth(int n) { for (int i = 0; n-- > 0; i++) { if (n == 3) i--; Monitor.Enter(_stripes[i]); } } //~ MML1003 //~? MML9006
            public void Jumping(int n) { for (int i = 0; n-- > 0; i++) { if (n == 3) i = n; Monitor.Enter(_stripes[i]); } } //~ MML1003 //~? MML9006
        }
        """);

    [Fact]
    public Task NestingBehindAnotherLock_CannotDeadlock() => LockScene.Marked("""
        public sealed class Node { public Node? Next; public int N; }
        public sealed class Bag
        {
            private static readonly object s_all = new(), s_late = new();
            private readonly object _global = new();
            private Node? _head;
            public int Freeze()
            {
                int sum = 0;
                Monitor.Enter(_global);
                for (var node = _head; node != null; node = node.Next) Monitor.Enter(node);
                for (var node = _head; node != null; node = node.Next) { sum += node.N; Monitor.Exit(node); }
                Monitor.Exit(_global);
                return sum;
            }
            public void BehindStatic(Node a, Node b) { lock (s_all) lock (a) lock (b) a.N = b.N; }
            public void BehindOwn(Node a, Node b) { lock (_global) lock (a) lock (b) a.N = b.N; } //~ MML1003
            public void GateTooLate(Node a, Node b) { lock (a) lock (s_late) lock (b) a.N = b.N; } //~ MML1002 MML1002 MML1003
        }
        """);

    [Fact]
    public Task CollectionAndWhatStandsInIt_AreTwoClasses() => LockScene.Marked("""
        public sealed class Named
        {
            private readonly Dictionary<string, object> _locks = new();
            private readonly List<List<int>> _lists = new();
            public void ByName(string name) { lock (_locks) { var one = _locks[name]; lock (one) { } } }
            public void Each() { lock (_lists) { foreach (var list in _lists) lock (list) list.Clear(); } }
            public void TwoOfThem(Named other) { lock (_locks) lock (other._locks) { } } //~ MML1003
        }
        """);

    [Fact]
    public Task SyncRoot_IsTheCollectionsOwn() => LockScene.Marked("""
        public sealed class Two
        {
            private readonly List<int> _list = new();
            private readonly Queue<int> _queue = new();
            private readonly System.Collections.Hashtable _table = new();
            private readonly System.Collections.ArrayList _old = new();
            public void Generic() { lock (((System.Collections.ICollection)_list).SyncRoot) lock (((System.Collections.ICollection)_queue).SyncRoot) { } }
            public void Old() { lock (_table.SyncRoot) lock (_old.SyncRoot) { } }
            public void Here() { lock (_table.SyncRoot) lock (_list) { } } //~ MML1002
            public void There() { lock (_list) lock (_table.SyncRoot) { } } //~ MML1002
        }
        """);

    [Fact]
    public Task WayBackToTheHoldersObject_IsProbablyTheSame() => LockScene.Marked("""
        public sealed class Pool
        {
            private readonly object _gate = new();
            private readonly List<Block> _blocks = new();
            public void Check() { lock (_gate) { foreach (var block in _blocks) block.Touch(); } }
            public void Report() { lock (_gate) _blocks.Clear(); }
            public void Steal(Pool other) { lock (_gate) other.Report(); } //~ MML1003
        }
        public sealed class Block
        {
            private readonly Pool _pool;
            public Block(Pool pool) { _pool = pool; }
            public void Touch() => _pool.Report();
        }
        """);

    [Fact]
    public Task RingThatOneObjectExcludes_IsNone() => LockScene.Marked("""
        public sealed class Listener
        {
            private readonly object _all = new(), _links = new(), _waiting = new();
            private readonly List<Link> _list = new();
            public void Stop()
            {
                lock (_all)
                {
                    lock (_links) { foreach (var link in _list) link.Unwait(); }
                    lock (_waiting) { foreach (var link in _list) link.Unlink(); }
                }
            }
            public void Unwait() { lock (_all) { } lock (_waiting) { } }
            public void Unlink() { lock (_links) { } }
        }
        public sealed class Link
        {
            private readonly Listener _listener;
            public Link(Listener listener) { _listener = listener; }
            public void Unwait() => _listener.Unwait();
            public void Unlink() => _listener.Unlink();
        }
        """);

    [Fact]
    public Task LockOfALoopVariable_IsTheVariablesInEveryRound() => LockScene.Marked("""
        public sealed class Cell
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _n;
            private Cell? _next;
            public void List() { for (Cell? c = this; c != null; c = c._next) lock (c._gate) { c._n++; } }
            public void Pulsed() { for (Cell? c = this; c != null; c = c._next) lock (c._gate) Monitor.Pulse(c._gate); }
            public void Array(Cell[] all) { for (int i = 0; i < all.Length; i++) lock (all[i]._gate) { all[i]._n++; Monitor.PulseAll(all[i]._gate); } }
            public void Stripes(object[] all) { for (int i = 0; i < all.Length; i++) lock (all[i]) Monitor.PulseAll(all[i]); }
            public void While() { var c = this; while (c != null) { lock (c._gate) { c._n++; c = c._next; } } }
            public void TooFar() { var c = this; while (c != null) { lock (c._gate) { c = c._next; if (c != null) c._n++; } } } //~ MML2004
            public void Other(Cell other) { for (Cell? c = this; c != null; c = c._next) lock (c._gate) { other._n++; } } //~ MML2004
        }
        """);

    [Fact]
    public Task ReleaseHandedToAGuard_IsItsBusiness() => LockScene.Marked("""
        public sealed class AtEnd : IDisposable
        {
            private readonly Action _end;
            public AtEnd(Action end) { _end = end; }
            public void Dispose() => _end();
        }
        public sealed class Shared
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly AtEnd _reading;
            public Shared() { _reading = new AtEnd(_rw.ExitReadLock); }
            public AtEnd Read() { _rw.EnterReadLock(); return _reading; }
            public AtEnd Write() { _rw.EnterWriteLock(); return new AtEnd(_rw.ExitWriteLock); }
        }
        """);

    /// <summary>Such a variable never holds a value as a whole; looking for it went round for ever.</summary>
    [Fact]
    public Task StructAssignedFieldByField_IsRead() => LockScene.Marked("""
        public struct Pair { public int A; public int Twice { get { return A * 2; } } }
        public sealed class Reader
        {
            private readonly object _gate = new();
            public int Read() { Pair pair; pair.A = 1; lock (_gate) { return pair.Twice > 0 ? 1 : 0; } }
        }
        """);

    [Fact]
    public Task PolicyHandedIn_MayAllowRecursion() => LockScene.Marked("""
        public sealed class Either
        {
            private readonly ReaderWriterLockSlim _any;
            private readonly ReaderWriterLockSlim _strict = new(LockRecursionPolicy.NoRecursion);
            public Either(LockRecursionPolicy policy) { _any = new ReaderWriterLockSlim(policy); }
            public void Any() { _any.EnterReadLock(); _any.EnterReadLock(); _any.ExitReadLock(); _any.ExitReadLock(); }
            public void Strict() { _strict.EnterWriteLock(); _strict.EnterWriteLock(); _strict.ExitWriteLock(); } //~ MML1004
        }
        """);
}
