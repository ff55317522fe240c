using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>What runs demands more or promises less than its callers see.</summary>
public sealed class MML2012OverrideContractTests
{
    [Fact]
    public Task Override_DemandsNoMore() => LockScene.Marked("""
        public abstract class Store
        {
            public readonly Gate Gate = new();
            public readonly RwSem Sem = new();
            [MustHold("Gate")] public abstract void Need();
            public abstract void Free();
            [MustHoldShared("Sem")] public virtual void Shared() { }
            [MustHold("Sem")] public virtual void Exclusive() { }
            [Acquires("Gate")] public virtual void Take() { Gate.Lock(); }
            [Releases("Gate")] public virtual void Give() { Gate.Unlock(); }
            [MayAcquire("Gate")] public virtual void May() { }
            [MayAcquire("@a", "@b")] public virtual void MayTwo() { }
            [TryAcquires("Gate")] public virtual bool Try() => Gate.TryLock();
            [MustNotHold("Gate")] public virtual void Not() { }
            [Drops("Gate")] public virtual void Drop() { }
            [MustHold("Gate")] public virtual int Prop { get; set; }
            [NeverSleeps] public virtual void Never() { }
            [MaySleep] public virtual void Sleeps() { }
            [MustHoldAny("Gate", "Sem")] public virtual void Any() { }
        }
        public class Names { [LockClass("a")] public readonly Gate A = new(); [LockClass("b")] public readonly Gate B = new(); }
        public class Less : Store
        {
            public override void Need() { }
            public override void Free() { }
            [MustHoldShared("Sem")] public override void Exclusive() { }
            [MayAcquire("@Store.Gate")] public override void May() { } //~? MML2012
            [MayAcquire("@a")] public override void MayTwo() { }
            [MustHoldAny("Gate")] public override void Any() { } //~ MML2012
            [NeverSleeps] public override void Sleeps() { }
        }
        public class More : Store
        {
            [MustHold("Gate"), MustHold("Sem")] public override void Need() { } //~ MML2012
            [MustHold("Gate")] public override void Free() { } //~ MML2012
            [MustHold("Sem")] public override void Shared() { } //~ MML2012
            [MayAcquire("Gate", "Sem")] public override void May() { } //~ MML2012
            [MaySleep] public override void Never() { } //~ MML2012
            [MustNotHold("Gate"), MustNotHold("Sem")] public override void Not() { } //~ MML2012
            [TryAcquires("Gate", On = Outcome.False)] public override bool Try() => !Gate.TryLock(); //~ MML2012
            [MustHold("Gate")] public override void Drop() { } //~? MML2012
            [MustHold("Gate")] public override void Give() { } //~ MML2012
        }
        public class Promises : Store
        {
            public override void Need() { }
            public override void Free() { }
            [AcquiresShared("Sem")] public override void Take() { Sem.DownRead(); } //~ MML2012
            public override void Give() { Gate.Unlock(); }
        }
        public interface IRule
        {
            [MustHold("item.Gate")] void Visit(Item item);
            void Plain(Item item);
            [MustHold("Item.Gate")] Item Item { get; }
        }
        public sealed class Item { public readonly Gate Gate = new(); [GuardedBy("Gate")] public int N; }
        public sealed class Implicitly : IRule
        {
            public void Visit(Item thing) { thing.N = 1; }
            [MustHold("thing.Gate")] public void Plain(Item thing) { } //~ MML2012
            public Item Item { get; } = new();
        }
        public sealed class Explicitly : IRule
        {
            void IRule.Visit(Item other) { other.N = 1; }
            [MustHold("item.Gate")] void IRule.Plain(Item item) { } //~ MML2012
            Item IRule.Item => new();
        }
        public interface IDefault { [MustHold("i.Gate")] void M(Item i) { i.N = 1; } static abstract void S(Item i); }
        public sealed class Defaulted : IDefault { public static void S(Item i) { i.N = 1; } } //~ MML2004
        public static class DefaultUser { public static void A(IDefault d, Item i) { d.M(i); } } //~ MML2001
        """);

    [Fact]
    public Task Conversion_DemandsNoMore() => LockScene.Marked("""
        public delegate void Plain();
        [MustHold("x.Gate")] public delegate void Needs(Box x);
        [Acquires("x.Gate")] public delegate void Takes(Box x);
        [Releases("x.Gate")] public delegate void Gives(Box x);
        [MustNotHold("x.Gate")] public delegate void Excludes(Box x);
        public sealed class Box { public readonly Gate Gate = new(); [GuardedBy("Gate")] public int N; }
        public sealed class Conv
        {
            private readonly Box _box = new();
            [MustHold("b.Gate")] public static void Need(Box b) { b.N = 1; }
            [MustHold("b.Gate")] internal static void NeedInternal(Box b) { b.N = 1; }
            [Acquires("b.Gate")] public static void Take(Box b) { b.Gate.Lock(); }
            [Releases("b.Gate")] public static void Give(Box b) { b.Gate.Unlock(); }
            [MustNotHold("b.Gate")] public static void Exclude(Box b) { }
            public static void Free(Box b) { }
            [MustHold("_box.Gate")] public void NeedOwn() { }
            private Action? _later;
            private Plain? _plain;
            public void ToContract() { Needs n = Need; Takes t = Take; Gives g = Give; Excludes e = Exclude; Outside.Use(n); }
            public void FreeToNeeds() { Needs n = Free; Outside.Use(n); }
            public void NeedsToFree() { Action<Box> n = Need; Outside.Use(n); } //~ MML2012
            public void TakesToFree() { Action<Box> n = Take; } //~ MML2012
            public void GivesToFree() { Action<Box> n = Give; } //~ MML2012
            public void ExcludesToFree() { Action<Box> n = Exclude; } //~ MML2012
            public void FreeToTakes() { Takes t = Free; } //~ MML2012
            public void FreeToGives() { Gives g = Free; } //~ MML2012
            public void NeedsToTakes() { Takes t = Need; } //~ MML2012
            public void FieldOfDelegate() { _later = NeedOwn; } //~ MML2012
            public void NamedDelegate() { _plain = NeedOwn; } //~ MML2012
            public void NewDelegate() { _later = new Action(NeedOwn); } //~ MML2012
            public void Argument() { Outside.Later(NeedOwn); } //~ MML2012
            public Action Returned() { return NeedOwn; } //~ MML2012
            public Action ReturnedByArrow() => NeedOwn; //~ MML2012
            public void ThreadStarts() { new Thread(NeedOwn).Start(); } //~ MML2012
            public void TaskRuns() { Task.Run(NeedOwn); } //~ MML2012
            public void TaskRunsLambda() { Task.Run(() => NeedOwn()); } //~ MML2001
            public void Event() { Happened += NeedOwn; } //~ MML2012
            public event Action? Happened;
            public void RunsNow() { _box.Gate.Lock(); Outside.Now(NeedOwn); _box.Gate.Unlock(); }
            public void RunsNowUnheld() { Outside.Now(NeedOwn); } //~ MML2001|MML2012
            public void Lambdas() { Needs n = x => x.N = 1; Takes t = x => x.Gate.Lock(); Gives g = x => x.Gate.Unlock(); }
            public void LambdaBreaks() { Takes t = x => { }; } //~ MML2009
            public void LambdaKeeps() { Gives g = x => { }; } //~ MML2009
            public void LambdaNeedsMore() { Plain p = [MustHold("_box.Gate")] () => { }; } //~ MML2012
            public void Invokes(Needs n, Box b) { n(b); } //~ MML2001
            public void InvokesHeld(Needs n, Box b) { b.Gate.Lock(); n(b); b.Gate.Unlock(); }
            public void InvokesTakes(Takes t, Gives g, Box b) { t(b); b.N = 1; g(b); }
            public void InvokesTakesKept(Takes t, Box b) { t(b); } //~ MML2006
            public void InvokesExplicitly(Needs n, Box b) { n.Invoke(b); } //~ MML2001
            public void InvokesConditional(Needs? n, Box b) { n?.Invoke(b); } //~ MML2001
        }
        """);

    [Fact]
    public Task InferredPrecondition_CountsInAConversion() => LockScene.Marked("""
        public sealed class Inf
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            private void Set() { _n = 1; }
            private void Clean() { _gate.Lock(); _n = 1; _gate.Unlock(); }
            public void A() { Action a = Set; } //~ MML2012
            public void B() { Action a = Clean; Task.Run(Clean); }
            public void C() { Outside.Later(Set); } //~ MML2012
            public void D() { _gate.Lock(); Outside.Now(Set); _gate.Unlock(); }
            public void E() { Outside.Now(Set); } //~ MML2001
            public void F() { _gate.Lock(); new Thread(Set).Start(); _gate.Unlock(); } //~ MML2012
            public void G(List<int> xs) { _gate.Lock(); xs.ForEach(Add); _gate.Unlock(); }
            public void H(List<int> xs) { xs.ForEach(Add); } //~ MML2001
            private void Add(int x) { _n += x; }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public class Base { protected readonly Gate Gate = new(); public virtual void {|#1:M|}() { } }
        public class Derived : Base { [MustHold("Gate")] public override void {|#0:M|}() { } }
        """,
        LockScene.Finding("MML2012").At(0).Saying("'Derived.M'", "'Base.M'", "'Gate'"));

    [Fact]
    public Task WhatTheBaseImplies_MayBeAsked() => LockScene.Marked("""
        class Store
        {
            public readonly Gate Gate = new();
            public readonly RwSem Sem = new();
            [GuardedBy("Gate")] public int Count;
            [Drops("Gate")] public virtual void Pause() { Gate.Unlock(); Gate.Lock(); }
            [MayAcquire("Gate")] public virtual void Touch() { }
            [MayAcquire("@Store.Gate")] public virtual void TouchSome() { }
            [MustNotHold("@Store.Gate")] public virtual void Wait() { }
            [MustNotHold("Gate")] public virtual void WaitForOwn() { }
            [MustHold("Gate")] public virtual void Use() { }
            [Releases("Sem")] public virtual void EndWriting() { Sem.UpWrite(); }
            [ReleasesAny("Sem")] public virtual void End() { Sem.Up(); }
        }

        class Fitting : Store
        {
            [MustHold("Gate")] public override void Pause() { Count = 1; }
            [MayAcquire("@Store.Gate")] public override void Touch() { }
            [MayAcquire("Gate")] public override void TouchSome() { }
            [MustNotHold("Gate")] public override void Wait() { }
            [MustHold("@Store.Gate")] public override void Use() { }
            [ReleasesAny("Sem")] public override void EndWriting() { Sem.Up(); }
        }

        class Asking : Store
        {
            [MustNotHold("@Store.Gate")] public override void WaitForOwn() { } //~ MML2012
            [Releases("Sem")] public override void End() { Sem.UpWrite(); } //~ MML2012
        }
        """);

    [Fact]
    public Task WhatIsDemanded_IsNamedWithItsClass() => LockScene.Told("""
        class Base { public readonly Gate Gate = new(); public readonly RwSem Sem = new(); public virtual void M() { } public virtual void N() { } }
        class Derived : Base
        {
            [MustHold("Gate")] public override void {|#0:M|}() { }
            [MustHoldShared("Sem")] public override void {|#1:N|}() { }
        }
        """,
        LockScene.Finding("MML2012").At(0).Saying("demands 'Gate' (class 'Base.Gate')"),
        LockScene.Finding("MML2012").At(1).Saying("demands 'Sem' (class 'Base.Sem') shared"));
}
