using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Order;

/// <summary>What a helper does to its lock parameters is judged at its callers, with the arguments put in.</summary>
public sealed class LockParameterTests
{
    [Fact]
    public Task TwoParameters_AreOrderedByTheArguments() => LockScene.Marked("""
        class Rmap
        {
            [AcquiredBefore("Lower")] readonly Spin Upper = new();
            readonly Spin Lower = new();

            private static void LockTwo(Spin first, Spin second)
            {
                first.Lock();
                second.Lock();
                second.Unlock();
                first.Unlock();
            }

            private static void Turned(Spin second, Spin first) => LockTwo(first, second);

            public void InOrder() => LockTwo(Upper, Lower);
            public void Backwards() => LockTwo(Lower, Upper); //~ MML1001
            public void InOrderTurned() => Turned(Lower, Upper);
            public void BackwardsTurned() => Turned(Upper, Lower); //~ MML1001

            public void ByALocalFunction()
            {
                LockBoth(Upper, Lower);
                LockBoth(Lower, Upper); //~ MML1001

                static void LockBoth(Spin first, Spin second)
                {
                    first.Lock();
                    second.Lock();
                    second.Unlock();
                    first.Unlock();
                }
            }
        }
        """);

    [Fact]
    public Task OneArgumentTwice_IsTakenTwice() => LockScene.Marked("""
        class Rmap
        {
            readonly Spin Upper = new();
            readonly Spin Lower = new();

            private static void LockTwo(Spin first, Spin second)
            {
                first.Lock();
                second.Lock();
                second.Unlock();
                first.Unlock();
            }

            private void LockUnderUpper(Spin lower)
            {
                Upper.Lock();
                lower.Lock();
                lower.Unlock();
                Upper.Unlock();
            }

            public void Twice() => LockTwo(Upper, Upper); //~ MML1004
            public void TwiceByAnotherName() { var lower = Upper; LockTwo(lower, Upper); } //~ MML1004
            public void UpperUnderUpper() => LockUnderUpper(Upper); //~ MML1004
            public void LowerUnderUpper() => LockUnderUpper(Lower);
            public void EachOnce() => LockTwo(Upper, Lower);
        }
        """);

    [Fact]
    public Task TwoObjectsOfOneClass_NestUnordered() => LockScene.Marked("""
        class Table
        {
            readonly Spin Ptl = new();
            [LockClass("ordered", Nesting = LockNesting.Ordered)] readonly Spin Ordered = new();

            private static void LockTwo(Spin first, Spin second)
            {
                first.Lock();
                second.Lock();
                second.Unlock();
                first.Unlock();
            }

            public static void Move(Table from, Table to) => LockTwo(from.Ptl, to.Ptl); //~ MML1003
            public static void MoveOrdered(Table from, Table to) => LockTwo(from.Ordered, to.Ordered);
        }
        """);

    [Fact]
    public Task TwoWaysRound_AreARing() => LockScene.Marked("""
        class Accounts
        {
            readonly object debit = new();
            readonly object credit = new();

            private static void Both(object first, object second)
            {
                lock (first)
                    lock (second)
                        Outside.Use(0);
            }

            public void OneWay() => Both(debit, credit); //~ MML1002
            public void OtherWay() => Both(credit, debit); //~ MML1002
        }

        class Consistent
        {
            readonly object debit = new();
            readonly object credit = new();

            private static void Both(object first, object second)
            {
                lock (first)
                    lock (second)
                        Outside.Use(0);
            }

            public void OneWay() => Both(debit, credit);
            public void SameWay() => Both(debit, credit);
        }
        """);
}
