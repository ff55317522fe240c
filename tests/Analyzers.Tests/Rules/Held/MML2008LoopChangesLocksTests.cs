using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>Every round ends with other locks than it began with.</summary>
public sealed class MML2008LoopChangesLocksTests
{
    [Fact]
    public Task HoldingsThatGrow_AreReportedOnTheKeyword() => LockScene.Marked("""
        public sealed class Grow
        {
            private readonly NestGate _nest = new();
            private readonly Gate _gate = new();
            public void NestedContext(int n) { while (n-- > 0) Rcu.ReadLock(); } //~ MML2008 //~? MML2006
            public void NestedContextFor(int n)
            {
                for (int i = 0; i < n; i++) //~ MML2008
                    Rcu.ReadLock();
            } //~? MML2006
            public void DoWhile(int n)
            {
                do //~ MML2008
                {
                    Irq.PreemptDisable();
                } while (n-- > 0);
            } //~? MML2006
            public void ForEach(int[] xs)
            {
                foreach (var x in xs) //~ MML2008
                {
                    _nest.Lock();
                }
            } //~? MML2006
            public void Goto(int n)
            {
            again: //~ MML2008
                Rcu.ReadLock();
                if (n-- > 0) goto again;
            } //~? MML2006
            public void OneReleaseBehindIt(int n) { while (n-- > 0) { Rcu.ReadLock(); } Rcu.ReadUnlock(); } //~ MML2008 //~? MML2005 MML2006
            public void OneReleaseBehindTheGoto(int n)
            {
            again: //~ MML2008
                _nest.Lock();
                if (n-- > 0) goto again;
                _nest.Unlock();
                _nest.Unlock(); //~ MML2005
            } //~? MML2006
            public void Shrinks(int n)
            {
                Rcu.ReadLock();
                while (n-- > 0) //~? MML2008
                    Rcu.ReadUnlock(); //~ MML2005
            } //~? MML2006
            public void Balanced(int n) { while (n-- > 0) { Rcu.ReadLock(); Rcu.ReadUnlock(); } }
            public void BalancedNest(int n) { while (n-- > 0) { _nest.Lock(); _nest.Lock(); _nest.Unlock(); _nest.Unlock(); } }
            public void BalancedSplit(int n) { for (int i = 0; i < n; i++) { Rcu.ReadLock(); if (i == 3) { Rcu.ReadUnlock(); continue; } Rcu.ReadUnlock(); } }
            public void ContinueForgets(int n) { for (int i = 0; i < n; i++) { Rcu.ReadLock(); if (i == 3) continue; Rcu.ReadUnlock(); } } //~ MML2008 //~? MML2006
            public void DropAndRetake(int n) { Rcu.ReadLock(); while (n-- > 0) { Rcu.ReadUnlock(); Rcu.ReadLock(); } Rcu.ReadUnlock(); }
            public void MutexSecondRound(int n) { while (n-- > 0) _gate.Lock(); } //~ MML1004 MML2006
            public void MutexRelease(int n) { _gate.Lock(); while (n-- > 0) _gate.Unlock(); } //~ MML2005 MML2006
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            [NoLockAnalysis("unused")] public void Unused() { }
            [DoesNotReturn] public void M() { {|#0:while|} (true) Rcu.ReadLock(); }
        }
        """,
        LockScene.Finding("MML2008").At(0).WithMessage(
            "An iteration of this loop ends with '@rcu' (an RCU reader) held once more, and so does every further one"));
}
