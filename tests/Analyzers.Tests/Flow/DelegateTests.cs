using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Delegates that run here, later and elsewhere.</summary>
public sealed class DelegateTests
{
    [Fact]
    public Task DelegateRunHere_HasTheCallersLocks() => LockScene.Marked("""
        public sealed class Here
        {
            private readonly Gate _gate = new();
            private readonly Gate _other = new();
            [GuardedBy("_gate")] private int _n;
            [Acquires("_gate"), Releases("_gate")] private void Contradiction() { } //~? MML9005 MML2009
            [NoLockAnalysis("x"), MayAcquire("_gate")] public void WithGate([InvokedHere] Action action) { }
            public void Under([InvokedHere] Action action) { _gate.Lock(); action(); _gate.Unlock(); }
            public int Returns([InvokedHere] Func<int> f) => f();
            public void Held() { _gate.Lock(); Outside.Now(() => _n = 1); Outside.Now(() => { _n++; }); _gate.Unlock(); }
            public void NotHeld() { Outside.Now(() => _n = 1); } //~ MML2004
            public void EffectsAreSeen() { Outside.Now(() => _gate.Lock()); _n = 1; _gate.Unlock(); }
            public void EffectsKept() { Outside.Now(() => _gate.Lock()); } //~ MML2006
            public void ReleasesInside() { _gate.Lock(); Outside.Now(() => _gate.Unlock()); }
            public void ReleasesTooMuch() { _gate.Lock(); Outside.Now(() => _gate.Unlock()); _n = 1; } //~ MML2004
            public void TakesHeld() { _gate.Lock(); Outside.Now(() => { _gate.Lock(); _gate.Unlock(); }); } //~ MML1004
            public void Later() { _gate.Lock(); Outside.Later(() => _n = 1); _gate.Unlock(); } //~ MML2004
            public void LaterLocks() { _gate.Lock(); Outside.Later(() => { _gate.Lock(); _n = 1; _gate.Unlock(); }); _gate.Unlock(); }
            public void LocalFunctionGroup() { _gate.Lock(); Outside.Now(Set); _gate.Unlock(); void Set() => _n = 1; }
            public void LocalFunctionGroupUnheld() { Outside.Now(Set); void Set() => _n = 1; } //~ MML2001
            public void DelegateLocal() { Action a = () => _n = 1; _gate.Lock(); a(); _gate.Unlock(); } //~? MML2004
            public void DelegateLocalNow() { Action a = () => { _gate.Lock(); _n = 1; _gate.Unlock(); }; Outside.Now(a); a(); }
            public void NestedLambda() { _gate.Lock(); Outside.Now(() => Outside.Now(() => _n = 1)); _gate.Unlock(); }
            public void NestedLater() { _gate.Lock(); Outside.Now(() => Outside.Later(() => _n = 1)); _gate.Unlock(); } //~ MML2004
            public void ListForEach(List<int> xs) { _gate.Lock(); xs.ForEach(x => _n += x); _gate.Unlock(); }
            public void ListForEachUnheld(List<int> xs) { xs.ForEach(x => _n += x); } //~ MML2004
            public void RemoveAll(List<int> xs) { _gate.Lock(); xs.RemoveAll(x => x == _n); _gate.Unlock(); }
            public void LinqEager(List<int> xs) { _gate.Lock(); Outside.Use(xs.Any(x => x == _n)); Outside.Use(xs.Sum(x => x + _n)); _gate.Unlock(); }
            public void LinqConsumed(List<int> xs) { _gate.Lock(); Outside.Use(xs.Where(x => x == _n).ToList()); Outside.Use(xs.Select(x => x + _n).OrderBy(x => x * _n).First()); _gate.Unlock(); }
            public void LinqConsumedUnheld(List<int> xs) { Outside.Use(xs.Where(x => x == _n).ToList()); } //~ MML2003
            public void LinqConsumedByForeach(List<int> xs) { _gate.Lock(); foreach (var x in xs.Where(x => x == _n)) Outside.Use(x); _gate.Unlock(); }
            public void LinqLater(List<int> xs) { _gate.Lock(); var q = xs.Where(x => x == _n); _gate.Unlock(); Outside.Use(q); } //~ MML2003
            public void LinqQuery(List<int> xs) { _gate.Lock(); Outside.Use((from x in xs where x == _n select x).Count()); _gate.Unlock(); }
            public void LinqQueryLater(List<int> xs) { _gate.Lock(); var q = from x in xs where x == _n select x; _gate.Unlock(); } //~ MML2003
            public void ParallelFor() { _gate.Lock(); Parallel.For(0, 3, i => _n = i); _gate.Unlock(); } //~ MML2004
            public void ParallelForLocks() { Parallel.For(0, 3, i => { _gate.Lock(); _n = i; _gate.Unlock(); }); }
            public void ParallelInvoke() { _gate.Lock(); Parallel.Invoke(() => _n = 1); _gate.Unlock(); } //~ MML2004
            public void ArraySort(int[] xs) { _gate.Lock(); Array.Sort(xs, (a, b) => a + _n); Array.ForEach(xs, a => _n = a); _gate.Unlock(); }
            public void DictionaryGetOrAdd(System.Collections.Concurrent.ConcurrentDictionary<int, int> d) { _gate.Lock(); d.GetOrAdd(1, k => _n); _gate.Unlock(); }
            public void LazyLater() { _gate.Lock(); var l = new Lazy<int>(() => _n); _gate.Unlock(); } //~ MML2003
            public void TimerLater() { _gate.Lock(); var l = new Timer(_ => _n = 1); _gate.Unlock(); } //~ MML2004
            public void ContinueWith(Task t) { _gate.Lock(); t.ContinueWith(_ => _n = 1); _gate.Unlock(); } //~ MML2004
            public void ThreadPoolQueue() { _gate.Lock(); ThreadPool.QueueUserWorkItem(_ => _n = 1); _gate.Unlock(); } //~ MML2004
            public void Immediately() { _gate.Lock(); new Action(() => _n = 1)(); _gate.Unlock(); } //~? MML2004
            public void EventHandlerLater() { _gate.Lock(); AppDomain.CurrentDomain.ProcessExit += (s, e) => _n = 1; _gate.Unlock(); } //~ MML2004
            public Func<int> ReturnsLambda() { return () => _n; } //~ MML2003
            public System.Linq.Expressions.Expression<Func<int>> Tree() => () => _n; //~? MML2003
            public Action Field = () => { };
            public void StoredInField() { Field = () => _n = 1; } //~ MML2004
            public void FieldInitializerLambdas() { }
            private Action _init = () => { };
            public void StaticLambda() { Action<Here> a = static h => h._n = 1; } //~ MML2004
            public void ContractLambda() { var f = [MustHold("_gate")] () => _n = 1; _gate.Lock(); f(); _gate.Unlock(); } //~? MML2012
            public void AcquiringCalleeRuns() { Under(() => { }); }
        }
        """);

    private const string Contracted = """
        public sealed class Zone { public readonly Gate Gate = new(); public Zone? Parent; [GuardedBy("Gate")] public int Free; }
        [MustHold("zone.Gate")] public delegate void Under(Zone zone);
        [Releases("zone.Gate")] public delegate void Ends(Zone zone);
        [Acquires("zone.Gate")] public delegate void Begins(Zone zone);
        [MustHoldAny("zone.Gate", "zone.Parent.Gate")] public delegate void UnderEither(Zone zone);
        public static class Runs
        {
            public static void Locked(Zone z, [InvokedHere] Under f) { z.Gate.Lock(); f(z); z.Gate.Unlock(); }
            public static void LockedOff(Zone z, [InvokedHere] Ends f) { z.Gate.Lock(); f(z); }
            public static void LockedBy(Zone z, [InvokedHere] Begins f) { f(z); z.Gate.Unlock(); }
            public static void EitherLocked(Zone z, [InvokedHere] UnderEither f) { z.Gate.Lock(); f(z); z.Gate.Unlock(); }
            [MustHold("zone.Gate")] public static void Takes(Zone zone) { zone.Free++; }
            [MustHold("zone.Gate", "zone.Parent.Gate")] public static void TakesBoth(Zone zone) { }
            [MustHoldAny("zone.Gate", "zone.Parent.Gate")] public static void TakesEither(Zone zone) { }
            [Releases("zone.Gate")] public static void Unlock(Zone zone) { zone.Gate.Unlock(); }
            [Acquires("zone.Gate")] public static void Lock(Zone zone) { zone.Gate.Lock(); }
        }
        """;

    [Fact]
    public Task LambdaRunHere_KeepsTheContractOfItsDelegateType() => LockScene.Marked(Contracted + """
        public static class Lambdas
        {
            public static void Uses(Zone z) => Runs.Locked(z, k => k.Free++);
            public static void UsesAnother(Zone z) => Runs.Locked(z, k => k.Parent!.Free++); //~ MML2004
            public static void Drops(Zone z) => Runs.Locked(z, k => { k.Gate.Unlock(); k.Gate.Lock(); });
            public static void Lets(Zone z) => Runs.Locked(z, k => { k.Gate.Unlock(); }); //~ MML2009
            public static void LetsByContract(Zone z) => Runs.Locked(z, k => Runs.Unlock(k)); //~ MML2009
            public static void LetsOnOneExit(Zone z) => Runs.Locked(z, k =>
            {
                if (k.Free == 0) { k.Gate.Unlock(); return; } //~ MML2009
                k.Free--;
            });
            public static void GoesUp(Zone z) => Runs.Locked(z, k => { k.Free++; for (; k != null; k = k.Parent!) Outside.Use(1); });
            public static void TheSame(Zone z) => Runs.Locked(z, k => { if (k == z) z.Free++; });
            public static void Ends(Zone z) => Runs.LockedOff(z, k => { k.Free++; k.Gate.Unlock(); });
            public static void DoesNotEnd(Zone z) => Runs.LockedOff(z, k => { k.Free++; }); //~ MML2009
            public static void Begins(Zone z) => Runs.LockedBy(z, k => { k.Gate.Lock(); k.Free++; });
            public static void DoesNotBegin(Zone z) => Runs.LockedBy(z, k => { }); //~ MML2009
            public static void Either(Zone z) => Runs.EitherLocked(z, k => Runs.TakesEither(k));
            public static void OneOfEither(Zone z) => Runs.EitherLocked(z, k => Runs.Takes(k)); //~ MML2001
            public static void NotItsOwn(Zone z) => Runs.Locked(z, k => Outside.Now(() => { k.Gate.Unlock(); k.Gate.Lock(); }));
        }
        """);

    [Fact]
    public Task MethodRunHere_KeepsTheContractOfItsDelegateType() => LockScene.Marked(Contracted + """
        public static class Methods
        {
            public static void Fits(Zone z) { Runs.Locked(z, Runs.Takes); Runs.Locked(z, Runs.TakesEither); Runs.Locked(z, Adds); }
            public static void Demands(Zone z) => Runs.Locked(z, Runs.TakesBoth); //~ MML2001
            public static void Lets(Zone z) => Runs.Locked(z, Runs.Unlock); //~ MML2012
            public static void Takes(Zone z) => Runs.Locked(z, Runs.Lock); //~ MML2012 //~? MML1004
            public static void Ends(Zone z) => Runs.LockedOff(z, Runs.Unlock);
            public static void DoesNotEnd(Zone z) => Runs.LockedOff(z, Runs.Takes); //~ MML2012
            public static void Begins(Zone z) => Runs.LockedBy(z, Runs.Lock);
            public static void BeginsNothing(Zone z) => Runs.LockedBy(z, Free); //~ MML2012
            private static void Adds(Zone zone) { zone.Free++; }
            private static void Free(Zone zone) { }
        }
        """);

    [Fact]
    public Task ClassThatInterruptsTake_IsLentWithInterruptsOff() => LockScene.Marked("""
        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class IrqSpin
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [Acquires, DisablesIrq] public void LockIrq() { }
            [Releases, EnablesIrq] public void UnlockIrq() { }
        }
        public sealed class Lruvec { [LockClass("lru", TakenIn = IrqContext.Hardirq)] public readonly IrqSpin Lock = new(); }
        public sealed class Stock { [LockClass("stock", TakenIn = IrqContext.Hardirq)] public readonly IrqSpin Lock = new(); }
        [MustHold("lruvec.Lock")] public delegate void Move(Lruvec lruvec);
        public static class Batch
        {
            public static void Each(Lruvec l, [InvokedHere] Move move) { l.Lock.LockIrq(); move(l); l.Lock.UnlockIrq(); }
            public static void Inside(Lruvec l, Stock s) => Each(l, _ => { s.Lock.Lock(); s.Lock.Unlock(); });
            public static void After(Lruvec l, Stock s) { Each(l, _ => { }); s.Lock.Lock(); s.Lock.Unlock(); } //~ MML4002
        }
        """);
}
