using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>The locks of .NET, without annotations on them.</summary>
public sealed class DotNetLockTests
{
    [Fact]
    public Task Monitor_InEveryShape() => LockScene.Marked("""
        public sealed class Mon
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _n;
            public void Statement() { lock (_gate) _n = 1; }
            public void StatementAfter() { lock (_gate) _n = 1; _n = 2; } //~ MML2004
            public void Pair() { Monitor.Enter(_gate); try { _n = 1; } finally { Monitor.Exit(_gate); } }
            public void Taken() { bool taken = false; try { Monitor.Enter(_gate, ref taken); _n = 1; } finally { if (taken) Monitor.Exit(_gate); } }
            public void TryTaken() { bool taken = false; try { Monitor.TryEnter(_gate, ref taken); if (taken) _n = 1; } finally { if (taken) Monitor.Exit(_gate); } }
            public void TryTimed() { if (Monitor.TryEnter(_gate, 100)) { _n = 1; Monitor.Exit(_gate); } }
            public void TrySpan() { if (!Monitor.TryEnter(_gate, TimeSpan.FromSeconds(1))) return; _n = 1; Monitor.Exit(_gate); }
            public void TryWrong() { if (!Monitor.TryEnter(_gate)) _n = 1; else Monitor.Exit(_gate); } //~ MML2004
            public void Entered() { if (Monitor.IsEntered(_gate)) _n = 1; }
            public void NotEntered() { if (!Monitor.IsEntered(_gate)) _n = 1; } //~ MML2004
            public void EnteredReturn() { if (!Monitor.IsEntered(_gate)) return; _n = 1; }
            public void EnteredThrow() { if (!Monitor.IsEntered(_gate)) throw new InvalidOperationException(); _n = 1; }
            public void EnteredAfter() { if (Monitor.IsEntered(_gate)) Outside.Use(1); _n = 1; } //~ MML2004
            public void Asserted() { Debug.Assert(Monitor.IsEntered(_gate)); _n = 1; }
            public void AssertedMessage() { Debug.Assert(Monitor.IsEntered(_gate), "must hold"); _n = 1; }
            public void AssertedNot() { Debug.Assert(!Monitor.IsEntered(_gate)); _n = 1; } //~ MML2004
            public void AssertedOther(object o) { Debug.Assert(Monitor.IsEntered(o)); _n = 1; } //~ MML2004
            public void AssertedByOwn() { Require(Monitor.IsEntered(_gate)); _n = 1; }
            private static void Require([DoesNotReturnIf(false)] bool b) { if (!b) throw new Exception(); }
            public void Trace1() { Trace.Assert(Monitor.IsEntered(_gate)); _n = 1; }
            public void Waits() { lock (_gate) { while (_n == 0) Monitor.Wait(_gate); _n--; } }
            public void WaitsUnheld() { Monitor.Wait(_gate); } //~ MML2001
            public void WaitsTimed() { lock (_gate) { if (!Monitor.Wait(_gate, 10)) return; _n = 1; } }
            public void PulsesUnheld() { Monitor.Pulse(_gate); } //~ MML2001
            public void PulsesAllUnheld() { Monitor.PulseAll(_gate); } //~ MML2001
            public void Pulses() { lock (_gate) { Monitor.Pulse(_gate); Monitor.PulseAll(_gate); } }
            public void ExitUnheld() { _n = 1; Monitor.Exit(_gate); } //~ MML2004
            public void Twice() { lock (_gate) { lock (_gate) _n = 1; _n = 2; } }
            public void ExitInside() { lock (_gate) { Monitor.Exit(_gate); Outside.Use(1); Monitor.Enter(_gate); _n = 1; } }
            public void ExitInsideWrites() { lock (_gate) { Monitor.Exit(_gate); _n = 1; Monitor.Enter(_gate); } } //~ MML2004
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]
            public void Synchronized() { _own = 1; _n = 1; } //~ MML2004
            [GuardedBy("this")] private int _own;
            public void Own() { lock (this) _own = 1; }
            public void OwnWrong() { _own = 1; } //~ MML2004
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]
            public static void SynchronizedStatic() { s_n = 1; }
            [GuardedBy("Mon.Key")] private static int s_m;
            private static readonly object Key = new();
            private static int s_n;
            public static void Static() { lock (Key) s_m = 1; }
            public static void StaticWrong() { lock (typeof(Mon)) s_m = 1; } //~ MML2004
            public int Prop { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] get => _own; }
        }
        """);

    [Fact]
    public Task PlainLock_IsJudgedWhereIntentShows() => LockScene.Marked("""
        public sealed class Mercy
        {
            private readonly object _gate = new();
            private readonly Lock _lock = new();
            private readonly ReaderWriterLockSlim _rw = new();
            public void OnlyEnter() { Monitor.Enter(_gate); }
            public void OnlyExit() { Monitor.Exit(_gate); }
            public void OnlyLockEnter() { _lock.Enter(); }
            public void OnlyReaders() { _rw.EnterReadLock(); }
            public void OneBranch(bool b) { Monitor.Enter(_gate); if (b) Monitor.Exit(_gate); } //~ MML2006
            public void EarlyReturn(bool b)
            {
                Monitor.Enter(_gate);
                if (b)
                    return; //~ MML2006
                Monitor.Exit(_gate);
            }
            public void OnlyOnException(bool b) { Monitor.Enter(_gate); try { Outside.Use(1); } catch { Monitor.Exit(_gate); throw; } }
            public void UnlockCallBackRelock() { Monitor.Exit(_gate); Outside.Use(1); Monitor.Enter(_gate); }
            public void UnlockRelockLoop(int n) { while (n-- > 0) { Monitor.Exit(_gate); Outside.Use(1); Monitor.Enter(_gate); } }
            public void ExitTwice() { Monitor.Enter(_gate); Monitor.Exit(_gate); Monitor.Exit(_gate); } //~ MML2005
            public void ExitOther(object o) { Monitor.Enter(_gate); Monitor.Exit(o); }
            private void Leave() { Monitor.Exit(_gate); }
            public void ThroughHelper(bool b) { Monitor.Enter(_gate); if (b) return; Leave(); } //~ MML2006
            public void Balanced(bool b) { if (b) Monitor.Enter(_gate); Outside.Use(1); if (b) Monitor.Exit(_gate); }
            public void ExitOnOtherBranch(bool b) { if (b) Monitor.Enter(_gate); else Monitor.Exit(_gate); } //~? MML2005 MML2006
            public void LoopKeeps(int[] xs) { foreach (var x in xs) { Monitor.Enter(_gate); if (x == 1) continue; Monitor.Exit(_gate); } } //~ MML2006 //~? MML2008
            public void LoopGrows(int n) { for (int i = 0; i < n; i++) { Monitor.Enter(_gate); } for (int i = 0; i < n; i++) { Monitor.Exit(_gate); } } //~? MML2008 MML2005 MML2006
        }
        """);

    [Fact]
    public Task StrictOption_DropsTheMercy() => LockScene.Marked("""
        public sealed class Strict
        {
            private readonly object _gate = new();
            private readonly Lock _lock = new();
            public void OnlyEnter() { Monitor.Enter(_gate); } //~ MML2006
            public void OnlyExit() { Monitor.Exit(_gate); } //~ MML2005
            public void OnlyLockEnter() { _lock.Enter(); } //~ MML2006
            public void UnlockCallBackRelock() { Monitor.Exit(_gate); Outside.Use(1); Monitor.Enter(_gate); } //~ MML2005 MML2006
            public void Fine() { lock (_gate) lock (_lock) Outside.Use(1); }
        }
        """, editorConfig: "[*.cs]\nmmlock.strict_dotnet_locks = true");

    [Fact]
    public Task PrivateHelper_HasInferredEffects() => LockScene.Marked("""
        public sealed class Helpers
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _n;
            private void Enter() { Monitor.Enter(_gate); }
            private void Leave() { Monitor.Exit(_gate); }
            private bool TryEnter() { return Monitor.TryEnter(_gate); }
            private static void EnterOn(object o) => Monitor.Enter(o);
            private static void LeaveOn(object o) => Monitor.Exit(o);
            public void Uses() { Enter(); _n = 1; Leave(); }
            public void UsesFinally() { Enter(); try { _n = 1; } finally { Leave(); } }
            public void AfterLeave() { Enter(); Leave(); _n = 1; } //~ MML2004
            public void Missing() { _n = 1; } //~ MML2004
            public void Parameters() { EnterOn(_gate); _n = 1; LeaveOn(_gate); }
            public void ParametersOther(object o) { EnterOn(o); _n = 1; LeaveOn(o); } //~ MML2004
            public void Tries() { if (TryEnter()) { _n = 1; Leave(); } }
            public void TriesWrong() { if (!TryEnter()) _n = 1; else Leave(); } //~ MML2004
            public void EarlyReturn(bool b)
            {
                Enter();
                if (b)
                    return; //~ MML2006
                Leave();
            }
            public void LocalFunctions() { void In() => Monitor.Enter(_gate); void Out() => Monitor.Exit(_gate); In(); _n = 1; Out(); }
        }
        """);

    [Fact]
    public Task AnnotatedLock_NeedsDeclaredEffects() => LockScene.Marked("""
        public sealed class Declared
        {
            private readonly Gate _gate = new();
            private void Enter() { _gate.Lock(); } //~ MML2006
            private void Leave() { _gate.Unlock(); } //~ MML2005
            public void Uses() { Enter(); Leave(); }
        }
        """);

    [Fact]
    public Task SystemThreadingLock_InEveryShape() => LockScene.Marked("""
        public sealed class Locks
        {
            private readonly Lock _lock = new();
            [GuardedBy("_lock")] private int _n;
            public void Statement() { lock (_lock) _n = 1; }
            public void Scope() { using (_lock.EnterScope()) _n = 1; }
            public void ScopeDeclared() { using var s = _lock.EnterScope(); _n = 1; }
            public void ScopeByHand() { var s = _lock.EnterScope(); try { _n = 1; } finally { s.Dispose(); } }
            public void Pair() { _lock.Enter(); try { _n = 1; } finally { _lock.Exit(); } }
            public void Try() { if (_lock.TryEnter()) { _n = 1; _lock.Exit(); } }
            public void TryTimed() { if (_lock.TryEnter(10)) { _n = 1; _lock.Exit(); } }
            public void Held() { if (_lock.IsHeldByCurrentThread) _n = 1; }
            public void HeldAsserted() { Debug.Assert(_lock.IsHeldByCurrentThread); _n = 1; }
            public void After() { using (_lock.EnterScope()) Outside.Use(1); _n = 1; } //~ MML2004
            public void ScopeDropped() { _lock.EnterScope(); _n = 1; } //~? MML2006
            public void Nested() { lock (_lock) { lock (_lock) _n = 1; _n = 2; } }
        }
        """);

    [Fact]
    public Task ReaderWriterLockSlim_InEveryMode() => LockScene.Marked("""
        public sealed class Slim
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLockSlim _recursive = new(LockRecursionPolicy.SupportsRecursion);
            [GuardedBy("_rw")] private int _n;
            public void Read() { _rw.EnterReadLock(); Outside.Use(_n); _rw.ExitReadLock(); }
            public void ReadWrites() { _rw.EnterReadLock(); _n = 1; _rw.ExitReadLock(); } //~ MML2004
            public void Write() { _rw.EnterWriteLock(); _n = 1; _rw.ExitWriteLock(); }
            public void UpgradeableReads() { _rw.EnterUpgradeableReadLock(); Outside.Use(_n); _rw.ExitUpgradeableReadLock(); }
            public void UpgradeableWrites() { _rw.EnterUpgradeableReadLock(); _n = 1; _rw.ExitUpgradeableReadLock(); } //~ MML2004
            public void Upgrades() { _rw.EnterUpgradeableReadLock(); _rw.EnterWriteLock(); _n = 1; _rw.ExitWriteLock(); Outside.Use(_n); _rw.ExitUpgradeableReadLock(); }
            public void AfterUpgrade() { _rw.EnterUpgradeableReadLock(); _rw.EnterWriteLock(); _rw.ExitWriteLock(); _n = 1; _rw.ExitUpgradeableReadLock(); } //~ MML2004
            public void ReadInUpgradeable() { _rw.EnterUpgradeableReadLock(); _rw.EnterReadLock(); Outside.Use(_n); _rw.ExitReadLock(); _rw.ExitUpgradeableReadLock(); }
            public void DowngradeToRead() { _rw.EnterUpgradeableReadLock(); _rw.EnterReadLock(); _rw.ExitUpgradeableReadLock(); Outside.Use(_n); _rw.ExitReadLock(); }
            public void WriteInRead() { _rw.EnterReadLock(); _rw.EnterWriteLock(); _rw.ExitWriteLock(); } //~ MML1004
            public void ReadInRead() { _rw.EnterReadLock(); _rw.EnterReadLock(); _rw.ExitReadLock(); } //~ MML1004
            public void ReadInWrite() { _rw.EnterWriteLock(); _rw.EnterReadLock(); _rw.ExitWriteLock(); } //~ MML1004
            public void UpgradeableInUpgradeable() { _rw.EnterUpgradeableReadLock(); _rw.EnterUpgradeableReadLock(); _rw.ExitUpgradeableReadLock(); } //~ MML1004
            public void UpgradeableInRead() { _rw.EnterReadLock(); _rw.EnterUpgradeableReadLock(); _rw.ExitReadLock(); } //~ MML1004 //~? MML2011
            public void WriteInWrite() { _rw.EnterWriteLock(); _rw.EnterWriteLock(); _rw.ExitWriteLock(); } //~ MML1004
            public void Recursive() { _recursive.EnterReadLock(); _recursive.EnterReadLock(); _recursive.ExitReadLock(); _recursive.ExitReadLock(); }
            public void RecursiveWrites() { _recursive.EnterWriteLock(); _recursive.EnterReadLock(); _recursive.EnterWriteLock(); _recursive.ExitWriteLock(); _recursive.ExitReadLock(); _recursive.ExitWriteLock(); }
            public void WrongExit() { _rw.EnterReadLock(); _rw.ExitWriteLock(); } //~ MML2011
            public void WrongExitOther() { _rw.EnterWriteLock(); _rw.ExitReadLock(); } //~ MML2011
            public void WrongExitUpgradeable() { _rw.EnterUpgradeableReadLock(); _rw.ExitReadLock(); } //~ MML2011
            public void Tried() { if (_rw.TryEnterReadLock(10)) { Outside.Use(_n); _rw.ExitReadLock(); } }
            public void TriedWrite() { if (!_rw.TryEnterWriteLock(TimeSpan.Zero)) return; _n = 1; _rw.ExitWriteLock(); }
            public void Held() { Debug.Assert(_rw.IsWriteLockHeld); _n = 1; }
            public void HeldRead() { Debug.Assert(_rw.IsReadLockHeld); Outside.Use(_n); _n = 1; } //~ MML2004
            public void HeldEither() { if (_rw.IsReadLockHeld || _rw.IsWriteLockHeld) Outside.Use(_n); }
        }
        """);

    [Fact]
    public Task OlderLocks_InEveryShape() => LockScene.Marked("""
        public sealed class Old
        {
            private readonly ReaderWriterLock _old = new();
            private readonly Mutex _mutex = new();
            private SpinLock _spin = new();
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly SemaphoreSlim _oneOnly = new(1);
            private readonly SemaphoreSlim _signal = new(0);
            private readonly SemaphoreSlim _many = new(4, 4);
            [GuardedBy("_old")] private int _o;
            [GuardedBy("_mutex")] private int _m;
            [GuardedBy("_spin")] private int _s;
            [GuardedBy("_one")] private int _1;
            public void OldRead() { _old.AcquireReaderLock(100); Outside.Use(_o); _old.ReleaseReaderLock(); }
            public void OldReadWrites() { _old.AcquireReaderLock(100); _o = 1; _old.ReleaseReaderLock(); } //~ MML2004
            public void OldWrite() { _old.AcquireWriterLock(-1); _o = 1; _old.ReleaseWriterLock(); }
            public void OldUpgrade() { _old.AcquireReaderLock(100); var c = _old.UpgradeToWriterLock(100); _o = 1; _old.DowngradeFromWriterLock(ref c); Outside.Use(_o); _old.ReleaseReaderLock(); }
            public void OldReleaseLock() { _old.AcquireWriterLock(-1); _o = 1; _old.ReleaseLock(); }
            public void MutexPair() { _mutex.WaitOne(); try { _m = 1; } finally { _mutex.ReleaseMutex(); } }
            public void MutexTimed() { if (_mutex.WaitOne(100)) { _m = 1; _mutex.ReleaseMutex(); } }
            public void MutexTimedWrong() { if (!_mutex.WaitOne(100)) _m = 1; else _mutex.ReleaseMutex(); } //~ MML2004
            public void MutexInfinite() { _mutex.WaitOne(Timeout.Infinite); _m = 1; _mutex.ReleaseMutex(); }
            public void MutexAbandoned() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } try { _m = 1; } finally { _mutex.ReleaseMutex(); } }
            public void SpinPair() { bool taken = false; try { _spin.Enter(ref taken); _s = 1; } finally { if (taken) _spin.Exit(); } }
            public void SpinTry() { bool taken = false; _spin.TryEnter(ref taken); if (taken) { _s = 1; _spin.Exit(false); } }
            public void SpinTwice() { bool a = false, b = false; _spin.Enter(ref a); _spin.Enter(ref b); _spin.Exit(); } //~ MML1004
            public void SpinSleeps() { bool a = false; _spin.Enter(ref a); Thread.Sleep(1); _spin.Exit(); } //~ MML4001
            public async Task Semaphore() { await _one.WaitAsync(); try { _1 = 1; } finally { _one.Release(); } }
            public void SemaphoreSync() { _one.Wait(); _1 = 1; _one.Release(); }
            public async Task SemaphoreTimed() { if (await _one.WaitAsync(100)) { _1 = 1; _one.Release(); } }
            public async Task SemaphoreTimedWrong() { if (!await _one.WaitAsync(100)) { _1 = 1; return; } _one.Release(); } //~ MML2004
            public void SemaphoreTwice() { _one.Wait(); _one.Wait(); _one.Release(); } //~ MML1004
            public void SemaphoreOnlyCount() { _oneOnly.Wait(); _oneOnly.Wait(); _oneOnly.Release(); } //~? MML1004
            public void Signals() { _signal.Wait(); _signal.Release(); _signal.Release(); }
            public void Many() { _many.Wait(); _many.Wait(); _many.Release(); }
            public async Task AcrossAwait(Task t) { await _one.WaitAsync(); await t; _one.Release(); }
            public async Task Forgotten(bool b)
            {
                await _one.WaitAsync();
                if (b)
                    return; //~ MML2006
                _one.Release();
            }
        }
        """);

    [Fact]
    public Task SemaphoreSlim_IsALockWhereSeen() => LockScene.Marked("""
        public sealed class Named
        {
            [LockClass("named")] private readonly SemaphoreSlim _named;
            private readonly SemaphoreSlim _guard;
            private readonly SemaphoreSlim _unknown;
            [GuardedBy("_guard")] private int _n;
            public Named(SemaphoreSlim a, SemaphoreSlim b, SemaphoreSlim c) { _named = a; _guard = b; _unknown = c; }
            public void Guarded() { _guard.Wait(); _n = 1; _guard.Release(); }
            public void GuardedTwice() { _guard.Wait(); _guard.Wait(); _guard.Release(); } //~ MML1004
            public void NamedTwice() { _named.Wait(); _named.Wait(); _named.Release(); } //~ MML1004
            public void UnknownTwice() { _unknown.Wait(); _unknown.Wait(); _unknown.Release(); }
            public void Local() { var s = new SemaphoreSlim(1, 1); s.Wait(); s.Wait(); s.Release(); } //~ MML1004
        }
        """);

    [Fact]
    public Task ExternalContract_DescribesOthers() => LockScene.Marked("""
        [assembly: ExternalContract("M:Third.Party.Enter", "Acquires(this)")]
        [assembly: ExternalContract("M:Third.Party.Leave", "Releases(this)")]
        [assembly: ExternalContract("M:Third.Party.TryEnter(System.Int32)", "TryAcquires(this)")]
        [assembly: ExternalContract("T:Third.Party", "LockType(Spin)")]
        [assembly: ExternalContract("F:Third.Data.Value", "GuardedBy(Gate)")]
        [assembly: ExternalContract("M:Third.Data.Touch", "MustHold(Gate)")]
        [assembly: ExternalContract("M:Third.Data.Blocks", "MaySleep")]
        namespace Third
        {
            [NoLockAnalysis("third")] public class Party { public void Enter() { } public void Leave() { } public bool TryEnter(int ms) => true; }
            [NoLockAnalysis("third")] public class Data { public readonly Party Gate = new(); public int Value; public void Touch() { } public void Blocks() { } }
        }
        public sealed class User
        {
            public void Kept(Third.Data d) { d.Gate.Enter(); d.Value = 1; d.Touch(); d.Gate.Leave(); }
            public void Write(Third.Data d) { d.Value = 1; } //~ MML2004
            public void Read(Third.Data d) { Outside.Use(d.Value); } //~ MML2003
            public void Call(Third.Data d) { d.Touch(); } //~ MML2001
            public void Twice(Third.Data d) { d.Gate.Enter(); d.Gate.Enter(); d.Gate.Leave(); } //~ MML1004
            public void Forgets(Third.Data d) { d.Gate.Enter(); } //~ MML2006
            public void Sleeps(Third.Data d) { d.Gate.Enter(); d.Blocks(); d.Gate.Leave(); } //~ MML4001
            public void Tries(Third.Data d) { if (d.Gate.TryEnter(1)) { d.Value = 1; d.Gate.Leave(); } }
            public void TriesIgnored(Third.Data d) { d.Gate.TryEnter(1); } //~ MML2010 //~? MML2006
        }
        """);

    [Fact]
    public Task WrapperAroundMonitor_IsQuiet() => LockScene.Marked("""
        public sealed class Wrapper
        {
            private readonly object _o = new();
            public void Enter() => Monitor.Enter(_o);
            public void Exit() => Monitor.Exit(_o);
            public bool TryEnter() => Monitor.TryEnter(_o);
            public Releaser Lock() { Monitor.Enter(_o); return new Releaser(_o); }
            public readonly struct Releaser(object o) : IDisposable { public void Dispose() => Monitor.Exit(o); }
        }
        public sealed class WrapperUser
        {
            private readonly Wrapper _w = new();
            public void A() { _w.Enter(); Outside.Use(1); _w.Exit(); }
            public void B() { using (_w.Lock()) Outside.Use(1); }
            public void C(bool b) { _w.Enter(); if (b) return; _w.Exit(); }
        }
        [LockType(LockKind.Mutex, Reentrant = true)]
        public sealed class Annotated
        {
            private readonly object _o = new();
            [Acquires] public void Enter() => Monitor.Enter(_o);
            [Releases] public void Exit() => Monitor.Exit(_o);
            [TryAcquires] public bool TryEnter() => Monitor.TryEnter(_o);
        }
        public sealed class AnnotatedUser
        {
            private readonly Annotated _a = new();
            [GuardedBy("_a")] private int _n;
            public void A() { _a.Enter(); _n = 1; _a.Exit(); }
            public void B() { _n = 1; } //~ MML2004
            public void C(bool b) { _a.Enter(); if (b) return; _a.Exit(); } //~ MML2006
        }
        """);

    [Fact]
    public Task KnownIdioms_AreQuiet() => LockScene.Marked("""
        public sealed class Idioms
        {
            private readonly object _gate = new();
            private Dictionary<int, int> _snapshot = new();
            private volatile object? _lazy;
            private readonly Queue<int> _queue = new();
            public object Double() { if (_lazy == null) lock (_gate) _lazy ??= new object(); return _lazy; }
            public void CopyOnWrite() { lock (_gate) _snapshot = new(_snapshot) { [1] = 2 }; }
            public int ReadSnapshot() => _snapshot.Count;
            public void UnlockRelock() { Monitor.Enter(_gate); try { while (_queue.Count > 0) { Monitor.Exit(_gate); try { Outside.Use(1); } finally { Monitor.Enter(_gate); } } } finally { Monitor.Exit(_gate); } }
            public void BothBranches(bool b) { if (b) Monitor.Enter(_gate); else Monitor.Enter(_gate); Monitor.Exit(_gate); }
            public void Start() { Monitor.Enter(_gate); } 
            public void Stop() { Monitor.Exit(_gate); }
            public void TaskUnderLock() { lock (_gate) { Task.Run(() => { lock (_gate) Outside.Use(1); }); } }
            public void Recursive(int n) { lock (_gate) { if (n > 0) Recursive(n - 1); } }
            public IEnumerable<int> Iterate() { lock (_gate) { foreach (var x in _queue) yield return x; } } //~ MML2014
            public void LockLocal() { var o = new object(); lock (o) Outside.Use(1); }
            public void Conditional(object? o) { if (o != null) Monitor.Enter(o); try { Outside.Use(1); } finally { if (o != null) Monitor.Exit(o); } }
            public void InLambda() { Action a = () => { lock (_gate) Outside.Use(1); }; a(); }
            public void TryAll(object[] locks) { foreach (var l in locks) Monitor.Enter(l); try { Outside.Use(1); } finally { foreach (var l in locks) Monitor.Exit(l); } }
        }
        """);

    [Fact]
    public Task MonitorOnAnObject_IsOfItsClassWhereverItIsTaken() => LockScene.Marked("""
        public sealed class Child
        {
            public int N;
            public void Up(Parent parent) { lock (this) { lock (parent.Gate) { N++; } } } //~ MML1002
        }
        public sealed class Parent
        {
            public readonly object Gate = new();
            private readonly Child _child = new(); private readonly Child _other = new();
            private readonly Child[] _children = [new(), new()];
            public void Down() { lock (Gate) { lock (_child) { _child.N++; } } } //~ MML1002
            public void Two() { lock (_child) { lock (_other) { } } } //~ MML1003
            public void TwoOfMany(int i, int j) { lock (_children[i]) { lock (_children[j]) { } } } //~ MML1003
        }
        """);

    [Fact]
    public Task MonitorsOnObjectsOfTheFramework_AreOfTheirFields() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly List<int> _waiting = [], _running = [];
            [AcquiredBefore("_inner")] private readonly Story? _outer; private readonly Story? _inner;
            public void Start() { lock (_waiting) { lock (_running) { _running.AddRange(_waiting); } } }
            public void Declared() { lock (_outer!) { lock (_inner!) { } } }
        }
        """);
}
