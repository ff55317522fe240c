using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Program;

/// <summary>What a call comes to: chains, arguments put in, recursion, what is let go first.</summary>
public sealed class CalleeClosureTests
{
    [Fact]
    public void OwnAcquisition_HasNoChain() => Assert.Equal(["a"], new RecordSource("A: take a").Takes("A"));

    [Fact]
    public void Callees_AreFollowedToTheEnd() =>
        Assert.Equal(["a by B > D"], new RecordSource("A: call B\nB: call D\nD: take a").Takes("A"));

    [Fact]
    public void ShorterWay_IsTaken() =>
        Assert.Equal(["a by D"], new RecordSource("A: call B; call D\nB: call D\nD: take a").Takes("A"));

    [Fact]
    public void Receiver_IsPutIn() => Assert.Equal(["next.a by B"], new RecordSource("A: call B of next\nB: take a").Takes("A"));

    [Fact]
    public void Argument_IsPutIn() => Assert.Equal(["next.a by B"], new RecordSource("A: call B with next\nB: take p.a").Takes("A"));

    [Fact]
    public void ArgumentThatIsTheLock_IsPutIn() => Assert.Equal(["a by B"], new RecordSource("A: call B with a\nB: take p").Takes("A"));

    [Fact]
    public void UnknownArgument_LeavesTheClass() => Assert.Equal(["?.a by B"], new RecordSource("A: call B\nB: take p.a").Takes("A"));

    [Fact]
    public void UnknownLockWithoutAClass_LeavesNothing() => Assert.Empty(new RecordSource("A: call B\nB: take p").Takes("A"));

    [Fact]
    public void Tries_StayTries() => Assert.Equal(["try a by B"], new RecordSource("A: call B\nB: try a").Takes("A"));

    [Fact]
    public void LockOfTheCallerItself_IsNotTakenAnew() =>
        Assert.Equal(["a"], new RecordSource("A: take a; call B under a\nB: take a").Takes("A"));

    [Fact]
    public void Recursion_Ends() =>
        Assert.Equal(["a by B"], new RecordSource("A: call B\nB: call A; take a").Takes("A"));

    [Fact]
    public void RecursionAlongMembers_EndsAtSomeObject() =>
        Assert.Equal(["?.a by A", "a"], new RecordSource("A: take a; call A of next under a").Takes("A"));

    [Fact]
    public void ManyObjectsOfOneClass_AreBounded()
    {
        var steps = string.Join("; ", Enumerable.Range(0, 11).Select(n => "call B of " + string.Join('.', Enumerable.Repeat("next", n + 1))));
        Assert.Equal(9, new RecordSource($"A: {steps}\nB: take a").Takes("A").Length);
    }

    [Fact]
    public void LongChainOfCallers_IsNoDeepRecursion()
    {
        var bodies = string.Join('\n', Enumerable.Range(0, 3_000).Select(n => $"M{n}: call M{n + 1}"));
        Assert.Single(new RecordSource(bodies + "\nM3000: take a").Takes("M0"));
    }

    [Fact]
    public void Sleeps_AreFollowed() => Assert.Equal(["sleep by B"], new RecordSource("A: call B\nB: sleep").Sleeps("A"));

    [Fact]
    public void SleepUnderASpinlock_IsFoundAtTheCall() =>
        Assert.Equal(["MML4001 at A: call B under a"], new RecordSource("A: call B under a\nB: sleep").Live());

    [Fact]
    public void SleepAfterTheLockIsLetGo_IsQuiet() =>
        Assert.Empty(new RecordSource("A: call B under a\nB: sleep after a").Live());

    [Fact]
    public void SleepAfterOneOfTwoIsLetGo_IsFound() =>
        Assert.Equal(["MML4001 at A: call B under a b"], new RecordSource("A: call B under a b\nB: sleep after a").Live());

    [Fact]
    public void LetGoByTheCalleesCallee_CountsToo() =>
        Assert.Empty(new RecordSource("A: call B under a\nB: call D\nD: sleep after a").Live());

    [Fact]
    public void SleepUnderAMutex_IsQuiet() => Assert.Empty(new RecordSource("A: call B under a\nB: sleep", Model.LockKind.Mutex).Live());

    [Fact]
    public void BrokenPromise_IsFoundAtTheCall() =>
        Assert.Equal(["MML4001 at A: call B"], new RecordSource("A [NeverSleeps]: call B\nB: sleep").Live());

    [Fact]
    public void LockTakenTwice_IsADoubleAcquire() =>
        Assert.Equal(["MML1004 at A: call B under a"], new RecordSource("A: call B under a\nB: take a").Live());

    [Fact]
    public void ReentrantLock_IsNone() => Assert.Empty(new RecordSource("A: call B under a\nB: take a", reentrant: true).Live());

    [Fact]
    public void SpinningReaders_AreNone() =>
        Assert.Empty(new RecordSource("A: call B under a/r\nB: take a/r", Model.LockKind.ReaderWriterSpin).Live());

    [Fact]
    public void ReadersBehindAWriter_AreOne() => Assert.Equal(
        ["MML1004 at A: call B under a/r"], new RecordSource("A: call B under a/r\nB: take a/r", Model.LockKind.ReaderWriterSemaphore).Live());

    [Fact]
    public void Tried_IsNone() => Assert.Empty(new RecordSource("A: call B under a\nB: try a").Live());

    [Fact]
    public void TakenAgainAfterItWasLetGo_IsNone() => Assert.Empty(new RecordSource("A: call B under a\nB: take a after a").Live());

    [Fact]
    public void HeldInSomeWorldsOnly_IsOnSomePaths()
    {
        var source = new RecordSource("A: call B under a; call B\nB: take a");
        Assert.Equal(["MML1004 at A: call B under a"], source.Live());
        var body = source.Records[0];
        var calls = body.Calls.SetItem(1, body.Calls[1] with { Location = body.Calls[0].Location });
        var found = new System.Collections.Generic.List<Analyzers.Rules.Finding>();
        Analyzers.Rules.TypeJoin.Run([body with { Calls = calls }, source.Records[1]], source.Contracts, found.Add, TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(found).OnSomePaths);
    }

    [Fact]
    public void AnotherObjectOfTheClass_IsUnordered() =>
        Assert.Equal(["MML1003 at A: call B of next under a"], new RecordSource("A: call B of next under a\nB: take a", reentrant: true).Live());

    [Fact]
    public void UnknownObjectOfTheClass_IsQuiet() => Assert.Empty(new RecordSource("A: call B under a\nB: take p.a", reentrant: true).Live());

    [Fact]
    public void WaysWithinTheType_AreNotSaidAtBuild() => Assert.Empty(new RecordSource("A: call B under a\nB: take a").Build());
}
