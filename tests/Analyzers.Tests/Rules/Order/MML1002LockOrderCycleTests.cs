using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>Observed acquisitions form a ring.</summary>
public sealed class MML1002LockOrderCycleTests
{
    [Fact]
    public Task OppositeOrders_CloseARing() => LockScene.Marked("""
        public sealed class Ring
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly Gate _c = new();
            private readonly Gate _d = new();
            public void Ab() { _a.Lock(); _b.Lock(); _b.Unlock(); _a.Unlock(); } //~ MML1002
            public void Ba() { _b.Lock(); TakeA(); _b.Unlock(); } //~ MML1002
            private void TakeA() { _a.Lock(); _a.Unlock(); }
            public void Cd() { _c.Lock(); _d.Lock(); _d.Unlock(); _c.Unlock(); }
            public void Dc() { _d.Lock(); if (_c.TryLock()) _c.Unlock(); _d.Unlock(); }
        }
        public static class Common
        {
            private static readonly Gate s_outer = new();
            private static readonly Gate s_x = new();
            private static readonly Gate s_y = new();
            public static void Xy() { s_outer.Lock(); s_x.Lock(); s_y.Lock(); s_y.Unlock(); s_x.Unlock(); s_outer.Unlock(); }
            public static void Yx() { s_outer.Lock(); s_y.Lock(); s_x.Lock(); s_x.Unlock(); s_y.Unlock(); s_outer.Unlock(); }
        }
        public static class DotNet
        {
            private static readonly object s_x = new();
            private static readonly Lock s_y = new();
            public static void Xy() { lock (s_x) lock (s_y) Outside.Use(1); } //~ MML1002
            public static void Yx() { lock (s_y) lock (s_x) Outside.Use(1); } //~ MML1002
        }
        public static class Three
        {
            private static readonly object s_x = new();
            private static readonly object s_y = new();
            private static readonly object s_z = new();
            public static void Xy() { lock (s_x) lock (s_y) Outside.Use(1); } //~ MML1002
            public static void Yz() { lock (s_y) Inner(); } //~ MML1002
            private static void Inner() { lock (s_z) Outside.Use(1); }
            public static void Zx() { lock (s_z) Property = 1; } //~ MML1002
            private static int Property { set { lock (s_x) Outside.Use(value); } }
        }
        """);

    [Fact]
    public Task EdgeAgainstTheDeclaredOrder_ClosesNoRing() => LockScene.Marked("""
        [assembly: LockHierarchy("declared.a\n  declared.b")]
        public sealed class Declared
        {
            [LockClass("declared.a")] private readonly Gate _a = new();
            [LockClass("declared.b")] private readonly Gate _b = new();
            public void Right() { _a.Lock(); _b.Lock(); _b.Unlock(); _a.Unlock(); }
            public void Wrong() { _b.Lock(); _a.Lock(); _a.Unlock(); _b.Unlock(); } //~ MML1001
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            public void Ab() { {|#1:_a.Lock()|}; {|#0:_b.Lock()|}; _b.Unlock(); _a.Unlock(); }
            public void Ba() { {|#4:_b.Lock()|}; {|#2:TakeA()|}; _b.Unlock(); }
            private void TakeA() { {|#3:_a.Lock()|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML1002").At(0).WithPlaces(1, 2, 3).WithMessage(
            "Takes '_b' (class 'Story._b') while holding '_a' (class 'Story._a'), which closes a ring of lock classes: 'Story._a' → 'Story._b' → 'Story._a'; 'Story._b' → 'Story._a' in 'Story.Ba' through 'Story.TakeA'"),
        LockScene.Finding("MML1002").At(2).WithPlaces(4, 3, 0).WithMessage(
            "Takes '_a' (class 'Story._a') through 'Story.TakeA' while holding '_b' (class 'Story._b'), which closes a ring of lock classes: 'Story._b' → 'Story._a' → 'Story._b'; 'Story._a' → 'Story._b' in 'Story.Ab'"));
}
