using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A delegate with a contract, wherever it is kept.</summary>
public sealed class AnnotatedDelegateTests
{
    [Fact]
    public Task CalledWithoutAWordOfItsType_AsksForTheLock() => LockScene.Marked("""
        class Store { public readonly Gate Gate = new(); [GuardedBy("Gate")] public int Count; }
        [MustHold("store.Gate")] delegate void Work(Store store);

        class Queue
        {
            private Work? work;
            private readonly Dictionary<int, Work> byKind = new();
            private readonly Func<Work?> find = () => null;
            public event Work? Fired;
            public Work? Next { get; set; }
            private Work? First() => work;

            public void ByField(Store store) { work!(store); } //~ MML2001
            public void ByElement(Store store) { byKind[1](store); } //~ MML2001
            public void ByResult(Store store) { find()!(store); } //~ MML2001
            public void ByMethod(Store store) { First()!(store); } //~ MML2001
            public void ByProperty(Store store) { Next!(store); } //~ MML2001
            public void ByEvent(Store store) { Fired!(store); } //~ MML2001
            public void Locked(Store store)
            {
                store.Gate.Lock();
                work!(store);
                byKind[1](store);
                find()!(store);
                First()!(store);
                Next!(store);
                Fired!(store);
                store.Gate.Unlock();
            }
        }
        """);

    [Fact]
    public Task WrappedInAnotherDelegate_IsAConversion() => LockScene.Marked("""
        class Store { public readonly Gate Gate = new(); }
        [MustHold("store.Gate")] delegate void Work(Store store);
        [MustHold("store.Gate")] delegate void SameWork(Store store);

        static class Story
        {
            public static Action<Store> Loosened(Work work) => new Action<Store>(work); //~ MML2012
            public static SameWork Kept(Work work) => new SameWork(work);
            public static Work Tightened(Action<Store> work) => new Work(work);
        }
        """);
}
