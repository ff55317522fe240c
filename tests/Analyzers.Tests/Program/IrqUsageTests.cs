using Xunit;

namespace MmLock.Analyzers.Tests.Program;

/// <summary>What interrupts take, and who is in their way.</summary>
public sealed class IrqUsageTests
{
    [Fact]
    public void ClassOfAHandler_TakenWithInterruptsOn_IsFound() =>
        Assert.Equal(["MML4002 at A: take a"], new RecordSource("H [Hardirq]: take a irqoff\nA: take a").Build());

    [Fact]
    public void ClassOfAHandler_TakenWithInterruptsOff_IsQuiet() =>
        Assert.Empty(new RecordSource("H [Hardirq]: take a irqoff\nA: take a irqoff").Build());

    [Fact]
    public void WithoutAHandler_IsQuiet() => Assert.Empty(new RecordSource("A: take a\nB: take a irqoff").Build());

    [Fact]
    public void AnyContext_CountsAsAnInterrupt() =>
        Assert.Equal(["MML4002 at A: take a"], new RecordSource("H [Any]: take a\nA: take a").Build());

    [Fact]
    public void TryInAHandler_Counts() =>
        Assert.Equal(["MML4002 at A: take a"], new RecordSource("H [Hardirq]: try a irqoff\nA: take a").Build());

    [Fact]
    public void HelperOfAHandler_Counts() =>
        Assert.Equal(["MML4002 at A: take a"], new RecordSource("H [Hardirq]: call B irqoff\nB: take a\nA: take a").Build());

    [Fact]
    public void HelperOfAHandlerAndOthers_IsFound() =>
        Assert.Equal(["MML4002 at B: take a"], new RecordSource("H [Hardirq]: call B irqoff\nB: take a\nA: call B").Build());

    [Fact]
    public void PrivateHelperCalledWithInterruptsOff_IsQuiet() =>
        Assert.Empty(new RecordSource("H [Hardirq]: take a irqoff\nA: call _B irqoff\n_B: take a").Build());

    [Fact]
    public void LockTakenThroughAParameter_Counts() =>
        Assert.Equal(["MML4002 at A: take a"], new RecordSource("H [Hardirq]: call B with a irqoff\nB: take p\nA: take a").Build());

    [Fact]
    public void KeptWhileInterruptsComeOn_IsFound() =>
        Assert.Equal(["MML4002 at A: on under a"], new RecordSource("H [Hardirq]: take a irqoff\nA: take a irqoff; on under a").Build());

    [Fact]
    public void SpinningReadersOnBothSides_AreQuiet() => Assert.Empty(new RecordSource(
        "H [Hardirq]: take a/r irqoff\nA: take a/r", Model.LockKind.ReaderWriterSpin).Build());

    [Fact]
    public void Tokens_HaveNoInterruptUse() =>
        Assert.Empty(new RecordSource("H [Hardirq]: take a irqoff\nA: take a", Model.LockKind.Token).Build());

    [Fact]
    public void HandlersClassAroundAnExposedOne_IsInverted() => Assert.Equal(
        ["MML4006 at A: take b under a irqoff"],
        new RecordSource("H [Hardirq]: take a irqoff\nA: take a irqoff; take b under a irqoff\nB: take b").Build());

    [Fact]
    public void EveryPlaceOfAnInversion_IsFound() => Assert.Equal(
        ["MML4006 at A: take b under a irqoff", "MML4006 at D: take b under a irqoff"],
        new RecordSource("H [Hardirq]: take a irqoff\nA: take b under a irqoff\nD: take b under a irqoff\nB: take b").Build());

    [Fact]
    public void InversionFollowsTheObservedOrder() => Assert.Equal(
        ["MML4006 at A: take b under a irqoff"],
        new RecordSource("H [Hardirq]: take a irqoff\nA: take b under a irqoff\nB: take d under b irqoff\nE: take d").Build());

    [Fact]
    public void InversionByATry_IsNone() => Assert.Empty(new RecordSource(
        "H [Hardirq]: take a irqoff\nA: try b under a irqoff\nB: take b").Build());

    [Fact]
    public void InnerClassAlwaysShutOut_IsNoInversion() => Assert.Empty(new RecordSource(
        "H [Hardirq]: take a irqoff\nA: take b under a irqoff\nB: take b irqoff").Build());

    [Fact]
    public void InnerClassOfHandlersToo_IsSaidOnce() => Assert.Equal(
        ["MML4002 at B: take b"],
        new RecordSource("H [Hardirq]: take a irqoff; take b under a irqoff\nB: take b").Build());

    [Fact]
    public void WhatIsTakenUnderALockHeldWrongly_IsSaidOnce() => Assert.Equal(
        ["MML4002 at A: take a"], new RecordSource("H [Hardirq]: take a irqoff\nA: take a; take b under a").Build());
}
