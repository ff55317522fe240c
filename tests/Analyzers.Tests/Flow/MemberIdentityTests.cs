using System.Threading.Tasks;
using Xunit;
using MmLock.Analyzers.Tests.Rules;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>One member under several names: overrides, implementations, tuple elements, copies.</summary>
public sealed class MemberIdentityTests
{
    [Fact]
    public Task OverrideThatReturnsAnotherLock_IsThatLock() => LockScene.Marked("""
        abstract class Store
        {
            public abstract Gate Gate { get; }
            [MustHold("Gate")] public abstract void Touch();
            [Acquires("Gate")] public void Begin() { Gate.Lock(); }
            [Releases("Gate")] public void End() { Gate.Unlock(); }
        }

        sealed class Direct : Store
        {
            private readonly Gate gate = new();
            [GuardedBy("gate")] private int count;
            [ReturnsLock("gate")] public override Gate Gate => gate;
            public override void Touch() { count = 1; }
            public void Story() { Begin(); count = 1; Touch(); End(); }
            public void Unlocked() { Touch(); } //~ MML2001
        }
        """);

    [Fact]
    public Task ExplicitImplementation_IsTheInterfacesMember() => LockScene.Marked("""
        interface IStore
        {
            Gate Gate { get; }
            [Acquires("Gate")] void Begin();
            [Releases("Gate")] void End();
            [MustHold("Gate")] void Touch();
        }

        sealed class Explicit : IStore
        {
            Gate IStore.Gate { get; } = new();
            void IStore.Begin() { ((IStore)this).Gate.Lock(); }
            void IStore.End() { ((IStore)this).Gate.Unlock(); }
            void IStore.Touch() { ((IStore)this).Touch(); }
            public void Story() { IStore store = this; store.Begin(); store.Touch(); store.End(); }
            public void Unlocked() { ((IStore)this).Touch(); } //~ MML2001
        }
        """);

    [Fact]
    public Task TupleElements_HaveOneValueUnderEachName() => LockScene.Marked("""
        sealed class Node { public readonly Gate Lock = new(); [GuardedBy("Lock")] public int Count; }

        static class Story
        {
            public static void TakenApart((Node node, int at) pair)
            {
                pair.node.Lock.Lock();
                pair.Item1.Count = 1;
                var (node, _) = pair;
                node.Count = 1;
                node.Lock.Unlock();
            }

            public static void Another((Node node, Node next) pair)
            {
                pair.node.Lock.Lock();
                var (_, next) = pair;
                next.Count = 1; //~ MML2004
                pair.node.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task CopyOfARecord_IsFresh() => LockScene.Marked("""
        sealed record Config(Gate Lock)
        {
            [GuardedBy("Lock")] public int Version;
            public Config Next() => this with { Version = 2 };
            public Config NextOf(Config other) { var copy = other with { Version = 3 }; copy.Version++; return copy; }
            public void Bump() { Version++; } //~ MML2004
        }
        """);

    [Fact]
    public Task ObjectThatComesOut_IsTheOneThatIsLocked() => LockScene.Marked("""
        sealed class Page { public readonly Gate Lock = new(); [GuardedBy("Lock")] public int Count; }

        static class Story
        {
            [Acquires("found.Lock")]
            public static void Find(out Page found) { found = new Page(); found.Lock.Lock(); }

            [TryAcquires("found.Lock")]
            public static bool TryFind(Page page, out Page found) { found = page; return page.Lock.TryLock(); }

            public static void Paired() { Find(out var page); page.Count = 1; page.Lock.Unlock(); }
            public static void Kept() { Find(out var page); page.Count = 1; } //~ MML2006
            public static void Tried(Page any) { if (TryFind(any, out var page)) { page.Count = 1; page.Lock.Unlock(); } }
            public static void NotTold(Page any) { if (!TryFind(any, out var page)) page.Count = 1; else page.Lock.Unlock(); } //~ MML2004
            public static void Again() { Find(out var page); page.Lock.Unlock(); Find(out page); page.Count = 1; page.Lock.Unlock(); }
        }
        """);
}
