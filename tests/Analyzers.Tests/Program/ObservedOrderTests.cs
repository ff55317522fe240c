using Xunit;

namespace MmLock.Analyzers.Tests.Program;

/// <summary>Which nestings make a ring, and what excuses one.</summary>
public sealed class ObservedOrderTests
{
    [Fact]
    public void OppositeOrders_AreReportedOnceEach() => Assert.Equal(
        ["MML1002 at A: take b under a", "MML1002 at B: take a under b"],
        new RecordSource("A: take b under a\nB: take a under b\nD: take a under b").Build());

    [Fact]
    public void OneOrder_IsQuiet() => Assert.Empty(new RecordSource("A: take b under a\nB: take b under a").Build());

    [Fact]
    public void RingThroughACall_StandsOnTheCall() => Assert.Equal(
        ["MML1002 at A: call D under a", "MML1002 at B: take a under b"],
        new RecordSource("A: call D under a\nB: take a under b\nD: take b").Build());

    [Fact]
    public void CalleeThatLetsGoFirst_MakesNoStep() =>
        Assert.Empty(new RecordSource("A: call D under a\nB: take a under b\nD: take b after a").Build());

    [Fact]
    public void CalleeThatTakesWhatIsHeld_MakesNoStep() =>
        Assert.Empty(new RecordSource("A: take b under a; call D under a b\nD: take a", reentrant: true).Build());

    [Fact]
    public void InnerTry_MakesNoStep() => Assert.Empty(new RecordSource("A: take b under a\nB: try a under b").Build());

    [Fact]
    public void LocksWithoutAClass_MakeNoStep() => Assert.Empty(new RecordSource("A: take p under a\nB: take a under p").Build());

    [Fact]
    public void SpinningReaders_MakeNoRing() =>
        Assert.Empty(new RecordSource("A: take b/r under a/r\nB: take a/r under b/r", Model.LockKind.ReaderWriterSpin).Build());

    [Fact]
    public void OneSpinningWriter_IsEnoughOnlyWhereItMeetsAReader() => Assert.Equal(
        ["MML1002 at A: take b under a/r", "MML1002 at B: take a under b/r"],
        new RecordSource("A: take b under a/r\nB: take a under b/r", Model.LockKind.ReaderWriterSpin).Build());

    [Fact]
    public void SleepingReaders_MakeARing() => Assert.Equal(
        2, new RecordSource("A: take b/r under a/r\nB: take a/r under b/r", Model.LockKind.ReaderWriterSemaphore).Build().Length);

    [Fact]
    public void Tokens_MakeNoStep() => Assert.Empty(new RecordSource("A: take b under a\nB: take a under b", Model.LockKind.Token).Build());

    [Fact]
    public void CommonStaticLock_ExcusesTheRing() => Assert.Empty(new RecordSource("A: take b under G a\nB: take a under G b").Build());

    [Fact]
    public void StaticLockOnOneSide_DoesNot() =>
        Assert.Equal(2, new RecordSource("A: take b under G a\nB: take a under b").Build().Length);

    [Fact]
    public void TwoStaticLocks_DoNot() =>
        Assert.Equal(2, new RecordSource("A: take b under G a\nB: take a under H b").Build().Length);

    [Fact]
    public void CommonStaticLockHeldShared_DoesNot() => Assert.Equal(
        2, new RecordSource("A: take b under G/r a\nB: take a under G/r b", Model.LockKind.ReaderWriterSemaphore).Build().Length);

    [Fact]
    public void CommonLockOfTheSameObject_ExcusesTheRing() =>
        Assert.Empty(new RecordSource("A: take b under g a\nB: take a under g b").Build());

    [Fact]
    public void TheObjectItself_ExcusesTheRing() =>
        Assert.Empty(new RecordSource("A: take b under this a\nB: take a under this b").Build());

    [Fact]
    public void LockOfAnotherObject_DoesNot() =>
        Assert.Equal(2, new RecordSource("A: take b under p.g a\nB: take a under p.g b").Build().Length);

    [Fact]
    public void TwoOfThreeStepsUnderOneLock_ExcuseTheRing() =>
        Assert.Empty(new RecordSource("A: take b under G a\nB: take d under G b\nE: take a under d").Build());

    [Fact]
    public void CommonLockTakenInBetween_LeavesTheRingAroundIt() => Assert.Equal(
        ["MML1002 at A: take G under a", "MML1002 at B: take a under b G"],
        new RecordSource("A: take G under a; take b under a G\nB: take G under b; take a under b G").Build()
            is var found && found.Length == 4 ? [found[0], found[3]] : found);

    [Fact]
    public void CommonLockOfTheCallers_ExcusesPrivateHelpers() => Assert.Empty(new RecordSource(
        "A: call _D under G\nB: call _E under G\n_D: take b under a\n_E: take a under b").Build());

    [Fact]
    public void CommonLockOfTheCallers_DoesNotExcusePublicOnes() => Assert.Equal(
        2, new RecordSource("A: call D under G\nB: call E under G\nD: take b under a\nE: take a under b").Build().Length);

    [Fact]
    public void OneCallerWithoutTheLock_IsEnough() => Assert.Equal(2, new RecordSource(
        "A: call _D under G; call _D\nB: call _E under G\n_D: take b under a\n_E: take a under b").Build().Length);

    [Fact]
    public void ThreeClasses_AreARing() => Assert.Equal(
        3, new RecordSource("A: take b under a\nB: take d under b\nE: take a under d").Build().Length);

    [Fact]
    public void StepsOfOneAcquisition_AreToldApart() => Assert.Equal(
        ["MML1002 at A: take d under a b", "MML1002 at B: take a under d", "MML1002 at E: take b under d"],
        new RecordSource("A: take d under a b\nB: take a under d\nE: take b under d").Build());
}
