using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A thread-affine lock is held across a suspension.</summary>
public sealed class MML2014HeldAcrossSuspensionTests
{
    [Fact]
    public Task Suspension_InEveryForm() => LockScene.Marked("""
        public sealed class Suspends
        {
            private readonly Gate _gate = new();
            private readonly Spin _spin = new();
            private readonly PageBit _bit = new();
            private readonly Token _token = new();
            private readonly AsyncGate _async = new();
            private readonly RwSem _sem = new();
            private readonly Section _section = new();
            private readonly Srcu _srcu = new();
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly object _m = new();
            public async Task Mutex(Task t) { _gate.Lock(); await t; _gate.Unlock(); } //~ MML2014
            public async Task Spinning(Task t) { _spin.Lock(); await t; _spin.Unlock(); } //~ MML2014 //~? MML4001
            public async Task Shared(Task t) { _sem.DownRead(); await t; _sem.UpRead(); } //~ MML2014
            public async Task Contexts(Task t) { _section.Enter(); await t; _section.Leave(); } //~ MML2014 //~? MML4001
            public async Task Reader(Task t) { Rcu.ReadLock(); await t; Rcu.ReadUnlock(); } //~ MML2014 //~? MML4001
            public async Task IrqOff(Task t) { Irq.Disable(); await t; Irq.Enable(); } //~ MML2014 //~? MML4001
            public async Task Sleepable(Task t) { _srcu.ReadLock(); await t; _srcu.ReadUnlock(); } //~ MML2014
            public async Task Bit(Task t) { _bit.Lock(); await t; _bit.Unlock(); }
            public async Task TokenHeld(Task t) { _token.Take(); await t; _token.Give(); }
            public async Task Async(Task t) { await _async.LockAsync(); await t; _async.Unlock(); }
            public async Task Semaphore(Task t) { await _one.WaitAsync(); await t; _one.Release(); }
            public async Task Monitors(Task t) { Monitor.Enter(_m); await t; Monitor.Exit(_m); } //~ MML2014
            [MustHold("_gate")] public async Task ByContract(Task t) { await t; } //~ MML2014
            public IEnumerable<int> Iterator() { _gate.Lock(); yield return 1; _gate.Unlock(); } //~ MML2014
            public IEnumerable<int> IteratorStatement() { lock (_m) { yield return 1; } } //~ MML2014
            public IEnumerable<int> IteratorBetween() { _gate.Lock(); _gate.Unlock(); yield return 1; _gate.Lock(); _gate.Unlock(); }
            public IEnumerable<int> IteratorBreak() { _gate.Lock(); if (Outside.Flip()) { _gate.Unlock(); yield break; } _gate.Unlock(); }
            public IEnumerable<int> IteratorBreakHeld() { _gate.Lock(); if (Outside.Flip()) yield break; _gate.Unlock(); } //~ MML2006
            public async IAsyncEnumerable<int> AsyncIterator(Task t) { _gate.Lock(); await t; yield return 1; _gate.Unlock(); } //~ MML2014 MML2014
            public async Task ForEachAsync(IAsyncEnumerable<int> xs) { _gate.Lock(); await foreach (var x in xs) { } _gate.Unlock(); } //~ MML2014 //~? MML2014
            public async Task UsingAsync(IAsyncDisposable d) { _gate.Lock(); await using (d) { } _gate.Unlock(); } //~ MML2014
            public async Task UsingAsyncDeclared(IAsyncDisposable d) { using var h = new Hold(_gate); await using var x = d; } //~ MML2014
            public async Task Two(Task t) { _gate.Lock(); lock (_m) Outside.Use(1); await t; _gate.Unlock(); } //~ MML2014
            public Task NotAsync(Task t) { _gate.Lock(); var r = t.ContinueWith(_ => { }); _gate.Unlock(); return r; }
            public void Lambda(Task t) { Func<Task> f = async () => { _gate.Lock(); await t; _gate.Unlock(); }; } //~ MML2014
            public void LambdaInside(Task t) { _gate.Lock(); Func<Task> f = async () => await t; _gate.Unlock(); }
            public async Task LocalFunction(Task t) { _gate.Lock(); Inner(); _gate.Unlock(); async void Inner() { await t; } } //~? MML2014
            public async Task ConfigureAwaits(Task t) { _gate.Lock(); await t.ConfigureAwait(true); _gate.Unlock(); } //~ MML2014
            public async Task WhenAll(Task t) { _gate.Lock(); await Task.WhenAll(t, t); _gate.Unlock(); } //~ MML2014
            public async Task ValueTasks(ValueTask<int> t) { _gate.Lock(); Outside.Use(await t); _gate.Unlock(); } //~ MML2014
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            public async Task T(Task t) { {|#1:_a.Lock()|}; {|#0:await t|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2014").At(0).WithPlaces(1).WithMessage("Holds '_a' (class 'Story._a') across 'await'"));

    [Fact]
    public Task AwaitForeach_IsOnePlace() => LockScene.Marked("""
        class Story
        {
            readonly object gate = new();

            public async Task Around(IAsyncEnumerable<int> items)
            {
                Monitor.Enter(gate);
                await foreach (var item in items) { } //~ MML2014
                Monitor.Exit(gate);
            }

            public async Task LeftWithIt(IAsyncEnumerable<int> items)
            {
                await foreach (var item in items) //~ MML2014
                {
                    Monitor.Enter(gate);
                    if (item > 3)
                        break;
                    Monitor.Exit(gate);
                }

                if (Monitor.IsEntered(gate))
                    Monitor.Exit(gate);
            }
        }
        """);

    [Fact]
    public Task AwaitForeach_IsSaidOnce() => LockScene.Told("""
        class Story
        {
            readonly object gate = new();
            public async Task Around(IAsyncEnumerable<int> items)
            {
                Monitor.Enter(gate);
                {|#0:await foreach (var item in items) { }|}
                Monitor.Exit(gate);
            }
        }
        """,
        LockScene.Finding("MML2014").At(0));
}
