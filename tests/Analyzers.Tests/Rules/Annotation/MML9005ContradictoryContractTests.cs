using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>A contract that no caller could satisfy.</summary>
public sealed class MML9005ContradictoryContractTests
{
    [Fact]
    public Task HeldAndNotHeld_IsReported() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();
            readonly Mutex mutex = new();
            readonly SrcuDomain domain = new();

            [MustHold("spin"), MustNotHold("spin")] void Both() { } //~ MML9005
            [MustHold("this.spin"), MustNotHold("spin")] void BothSpelledOtherwise() { } //~ MML9005
            [MustHold("mutex"), Acquires("mutex")] void HeldAndTaken() { } //~ MML9005 //~? MML2009 MML1004
            [Releases("mutex"), MustNotHold("mutex")] void ReleasedAndNotHeld() { } //~ MML9005 //~? MML2009
            [MustHold("spin"), MustNotHold("@preempt")] void ImpliedSection() { } //~ MML9005
            [MustHold("@irq"), MustNotHold("@preempt")] void ImpliedByIrq() { } //~ MML9005
            [MustHoldAny("mutex"), MustNotHold("mutex")] void OnlyAlternative() { } //~ MML9005
            [MustHoldAny("mutex", "spin"), MustNotHold("mutex")] void OneAlternativeLeft() { }
            [MustHold("mutex"), MustNotHold("spin")] void Different() { }
            [MustHold("@rcu"), WaitsForReaders("@rcu")] void WaitsInside() { } //~ MML9005 //~? MML3006 MML4001
            [MustHold("domain"), WaitsForReaders("domain")] void WaitsInsideTheDomain() { } //~ MML9005 //~? MML3006
            [RunsIn(ExecutionContext.Hardirq), MustNotHold("@irq")] void HandlerWithInterruptsOn() { } //~ MML9005
            [AssertsHeld("mutex"), AssertsNotHeld("mutex")] void AssertsBoth() { } //~ MML9005
        }
        """);

    [Fact]
    public Task SleepsWhereItMayNot_IsReported() => Marked("""
        class Story
        {
            readonly SpinLock spin = new();
            readonly Mutex mutex = new();

            [MaySleep, NeverSleeps] void Both() { } //~ MML9005
            [MaySleep, MustHold("spin")] void UnderASpinlock() { } //~ MML9005
            [MaySleep, MustHoldShared("@rcu")] void InAReader() { } //~ MML9005
            [MaySleep, RunsIn(ExecutionContext.Hardirq)] void InAnInterrupt() { } //~ MML9005
            [MaySleep, MustHold("mutex")] void UnderAMutex() { }
            [MaySleep, Releases("spin")] void AfterTheRelease() => spin.Unlock();
            [MaySleep, Drops("spin")] void InBetween() { }
            [MaySleep, RunsIn(ExecutionContext.Process)] void InAProcess() { }
        }
        """);

    [Fact]
    public Task ReferenceOwnedAndNotOwned_IsReported() => Marked("""
        [RefCounted]
        class Page { }

        class Story
        {
            public void Both([MustHoldRef, MustNotHoldRef] Page page) { } //~ MML9005
            public void Consumed([ReleasesRef, MustNotHoldRef] Page page) { } //~ MML9005 //~? MML2009
            public void Fine([MustHoldRef] Page page, [MustNotHoldRef] Page other) { }
        }
        """);

    [Fact]
    public Task RelockOfAnotherObject_IsNone() => Marked("""
        class Lruvec
        {
            public readonly SpinLock LruLock = new();
        }

        class Story
        {
            [Releases("locked.LruLock"), Acquires("return.LruLock"), NoLockAnalysis("primitive")]
            public static Lruvec Relock(Lruvec? locked, int page) => new();

            [MustHold("from.LruLock"), MustNotHold("to.LruLock")]
            public static void Move(Lruvec from, Lruvec to) { }

            [MustHold("mmap"), TryAcquires("spin"), NoLockAnalysis("primitive")]
            public bool Try() => true;

            readonly RwSem mmap = new();
            readonly SpinLock spin = new();
        }
        """);

    [Fact]
    public Task Finding_SaysWhatContradictsWhat() =>
        new LockVerifier(new DeclarationAnalyzer())
        {
            Expected = [new ExpectedFinding("MML9005").At(0).WithPlaces(1).WithMessage("No caller could meet the contract of 'Story.M': '_gate' (class 'Story._gate') must be held and must not be held")],
        }.Check("""
        using MmLock;
        [LockType(LockKind.Spin)] public sealed class Spin { }
        public sealed class Story
        {
            private readonly Spin _gate = new();
            [{|#1:MustHold("_gate")|}, {|#0:MustNotHold("_gate")|}] public void M() { }
        }
        """);

    [Fact]
    public Task OutcomeThatNeverComes_IsReported() => Marked("""
        class Story
        {
            readonly Mutex mutex = new();

            [TryAcquires("mutex", On = Outcome.NotNull)] public bool NoReference() => mutex.TryLock(); //~ MML9005 //~? MML2006
            [TryAcquires("mutex", On = Outcome.Null)] public int NoReferenceEither() => 0; //~ MML9005
            [TryAcquires("mutex", On = Outcome.Zero)] public object? NoNumber() => null; //~ MML9005
            [TryAcquires("mutex")] public void Nothing() { } //~ MML9005
            [TryAcquires("mutex", On = Outcome.NonZero)] public bool AsANumber() => mutex.TryLock();
            [TryAcquires("mutex", On = Outcome.True)] public object? AsAReference() => mutex.TryLock() ? this : null;
        }
        """);

    [Fact]
    public Task HeldInBothModes_IsReported() => Marked("""
        class Story
        {
            readonly RwSem sem = new();
            readonly Mutex mutex = new();

            [MustHold("sem"), Upgrades("sem")] public void Upgraded() { } //~ MML9005 //~? MML2009
            [MustHold("sem"), ReleasesShared("sem")] public void Released() { } //~ MML9005 //~? MML2009
            [MustHold("sem"), ReleasesAny("sem")] public void ReleasedSomehow() { sem.UpWrite(); }
        }
        """);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
