using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>Locks that a contract only names by class, and classes that are only a name.</summary>
public sealed class ClassByNameTests
{
    [Fact]
    public Task ClassWithoutALock_IsNotEnteredTwice() => LockScene.Marked("""
        [assembly: LockHierarchy("reclaim\n  fs")]

        [NoLockAnalysis("primitive")]
        static class Memory
        {
            [MayAcquire("@reclaim")] public static object Alloc() => new();
            public static object AllocNoReclaim() => new();
            [Acquires("@reclaim")] public static void EnterReclaim() { }
            [Releases("@reclaim")] public static void LeaveReclaim() { }
        }

        class Shrinker
        {
            [LockClass("fs")] readonly Gate fs = new();

            private object Helper() => Memory.Alloc();

            public void Allocates()
            {
                Memory.EnterReclaim();
                Outside.Use(Memory.Alloc()); //~ MML1004
                Memory.LeaveReclaim();
            }

            public void AllocatesThroughAHelper()
            {
                Memory.EnterReclaim();
                Outside.Use(Helper()); //~ MML1004
                Memory.LeaveReclaim();
            }

            public void EntersTwice()
            {
                Memory.EnterReclaim();
                Memory.EnterReclaim(); //~ MML1004
                Memory.LeaveReclaim();
            }

            public void AllocatesUnderTheInnerLock()
            {
                fs.Lock();
                Outside.Use(Memory.Alloc()); //~ MML1001
                fs.Unlock();
            }

            public void IsCareful()
            {
                Memory.EnterReclaim();
                fs.Lock();
                Outside.Use(Memory.AllocNoReclaim());
                fs.Unlock();
                Memory.LeaveReclaim();
                Outside.Use(Memory.Alloc());
            }
        }
        """);

    [Fact]
    public Task AnnouncedNesting_IsUnorderedToo() => LockScene.Marked("""
        class Page
        {
            [LockClass("page")] public readonly Spin Lock = new();
            [LockClass("head", Nesting = LockNesting.Ordered)] public readonly Spin Head = new();

            [MayAcquire("page.Lock")] public static void Touch(Page page) { page.Lock.Lock(); page.Lock.Unlock(); }
            [MayAcquire("@page")] public static void TouchSome(Page page) { page.Lock.Lock(); page.Lock.Unlock(); }
            [MayAcquire("@head")] public static void TouchHead(Page page) { page.Head.Lock(); page.Head.Unlock(); }

            public static void Other(Page a, Page b) { a.Lock.Lock(); Touch(b); a.Lock.Unlock(); } //~ MML1003
            public static void Same(Page a) { a.Lock.Lock(); Touch(a); a.Lock.Unlock(); } //~ MML1004
            public static void Some(Page a, Page b) { a.Lock.Lock(); TouchSome(b); a.Lock.Unlock(); } //~ MML1003
            public static void Ordered(Page a, Page b) { a.Head.Lock(); TouchHead(b); a.Head.Unlock(); }
            public static void Alone(Page a) { Touch(a); TouchSome(a); }

            [MustHold("@page")] public static void UnderSome(Page page) { page.Lock.Lock(); page.Lock.Unlock(); } //~ MML1003
            [MustHold("@head")] public static void UnderSomeHead(Page page) { page.Head.Lock(); page.Head.Unlock(); }
        }
        """);

    [Fact]
    public Task AnnouncedNesting_IsLeftToAnExclusion() => LockScene.Marked("""
        class Page
        {
            public readonly Spin Lock = new();

            [MustNotHold("@Page.Lock"), MayAcquire("@Page.Lock")] public static void Touch(Page page) { page.Lock.Lock(); page.Lock.Unlock(); }
            public static void Other(Page a, Page b) { a.Lock.Lock(); Touch(b); a.Lock.Unlock(); } //~ MML2002
        }
        """);
}
