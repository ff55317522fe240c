using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>An iterator runs where it is enumerated, not where it is called.</summary>
public sealed class DeferredCallTests
{
    [Fact]
    public Task IteratorThatIsOnlyMade_TakesNothing() => LockScene.Marked("""
        class Pool
        {
            [AcquiredBefore("inner")] readonly Gate outer = new();
            readonly Gate inner = new();

            public IEnumerable<int> Items()
            {
                outer.Lock();
                outer.Unlock();
                yield return 1;
            }

            public IEnumerable<int> Made()
            {
                inner.Lock();
                var items = Items();
                inner.Unlock();
                return items;
            }
        }
        """);

    [Fact]
    public Task IteratorThatIsEnumeratedHere_TakesItsLocksHere() => LockScene.Marked("""
        class Pool
        {
            [AcquiredBefore("inner")] readonly Gate outer = new();
            readonly Gate inner = new();

            public IEnumerable<int> Items()
            {
                outer.Lock();
                outer.Unlock();
                yield return 1;
            }

            public void ByForeach()
            {
                inner.Lock();
                foreach (var item in Items()) //~ MML1001
                    Outside.Use(item);
                inner.Unlock();
            }

            public List<int> ByToList()
            {
                inner.Lock();
                var list = Items().ToList(); //~ MML1001
                inner.Unlock();
                return list;
            }
        }
        """);

    [Fact]
    public Task PropertyInAPattern_IsCalled() => LockScene.Marked("""
        class Zone
        {
            [AcquiredBefore("inner")] readonly Gate outer = new();
            readonly Gate inner = new();

            public int Free
            {
                get
                {
                    outer.Lock();
                    outer.Unlock();
                    return 1;
                }
            }

            public bool IsEmpty(Zone zone)
            {
                inner.Lock();
                bool empty = zone is { Free: 0 }; //~ MML1001
                inner.Unlock();
                return empty;
            }
        }
        """);

    [Fact]
    public Task SynchronizedMethod_TakesItsMonitor() => LockScene.Marked("""
        using System.Runtime.CompilerServices;

        class Cache
        {
            readonly object gate = new();

            [MethodImpl(MethodImplOptions.Synchronized)]
            public void Flush()
            {
            }

            public void OneWay()
            {
                lock (gate)
                    Flush(); //~ MML1002
            }

            public void OtherWay()
            {
                lock (this)
                {
                    lock (gate) //~ MML1002
                        Outside.Use(0);
                }
            }
        }
        """);
}
