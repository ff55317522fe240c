using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>Two classes of the hierarchy nest and nothing orders them.</summary>
public sealed class MML1005UndeclaredOrderTests
{
    [Fact]
    public Task UnorderedClassesOfTheHierarchy_AreReported() => LockScene.Marked("""
        [assembly: LockHierarchy("root\n  left\n  right")]
        [assembly: LockHierarchy("lonely")]
        public sealed class Order5
        {
            [LockClass("root")] public readonly Gate Root = new();
            [LockClass("left")] public readonly Gate Left = new();
            [LockClass("right")] public readonly Gate Right = new();
            [LockClass("lonely")] public readonly Gate Lonely = new();
            public readonly Gate Unlisted = new();
            [AcquiredBefore("Right")] public readonly Gate Edge = new();
            [LockClass("t"), AcquiredAfter("@left")] public readonly Token Tok = new();
            public void Declared() { Root.Lock(); Left.Lock(); Left.Unlock(); Root.Unlock(); }
            public void Siblings() { Left.Lock(); Right.Lock(); Right.Unlock(); Left.Unlock(); } //~ MML1005
            public void OtherTree() { Left.Lock(); Lonely.Lock(); Lonely.Unlock(); Left.Unlock(); } //~ MML1005
            public void NotInAHierarchy() { Left.Lock(); Unlisted.Lock(); Unlisted.Unlock(); Left.Unlock(); }
            public void Tried() { Left.Lock(); if (Right.TryLock()) Right.Unlock(); Left.Unlock(); }
            public void UnderATry() { if (!Left.TryLock()) return; Right.Lock(); Right.Unlock(); Left.Unlock(); } //~ MML1005
            private void TakesRight() { Right.Lock(); Right.Unlock(); }
            public void ThroughABody() { Left.Lock(); TakesRight(); Left.Unlock(); } //~ MML1005
            public void Beside() { Left.Lock(); Left.Unlock(); TakesRight(); }
            [MayAcquire("@lonely")] public void Promises() { }
            public void ThroughAPromise() { Left.Lock(); Promises(); Left.Unlock(); } //~ MML1005
        }
        """);

    [Fact]
    public Task OffByDefault_IsQuiet() => LockScene.Marked("""
        [assembly: LockHierarchy("root\n  left\n  right")]
        public sealed class Order5
        {
            [LockClass("left")] public readonly Gate Left = new();
            [LockClass("right")] public readonly Gate Right = new();
            public void Siblings() { Left.Lock(); Right.Lock(); Right.Unlock(); Left.Unlock(); }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        [assembly: LockHierarchy("root\n  left\n  right")]
        public sealed class Story
        {
            [LockClass("left")] private readonly Gate _left = new();
            [LockClass("right")] private readonly Gate _right = new();
            public void M() { {|#1:_left.Lock()|}; {|#0:_right.Lock()|}; _right.Unlock(); _left.Unlock(); }
        }
        """,
        LockScene.Finding("MML1005").At(0).WithPlaces(1).WithMessage(
            "Takes '_right' (class 'right') while holding '_left' (class 'left'), and the hierarchy leaves their classes unordered"));
}
