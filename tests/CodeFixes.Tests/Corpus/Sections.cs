using System.Collections.Generic;
using MmLock;

[assembly: LockHierarchy("""
    corpus.outer
        corpus.inner
    """)]

/// <summary>What is done in a section in which it must not be done, and what is missing in one.</summary>
public sealed class Sections
{
    private readonly Spin _spin = new();
    private readonly Sleeper _sleeper = new();
    private readonly Semaphore _semaphore = new();
    [LockClass("corpus.outer")] private readonly Sleeper _outer = new();
    [LockClass("corpus.inner")] private readonly Sleeper _inner = new();
    [GuardedBy("_sleeper")] private int _level;
    [GuardedBy("_semaphore")] private int _depth;

    public void SleepsUnderASpinlock()
    {
        _spin.Lock();
        World.Wait(); //~ MML4001
        _spin.Unlock();
    }

    public void SleepsInALoop(int rounds)
    {
        _spin.LockIrqSave(out var flags);
        for (var i = 0; i < rounds; i++)
            World.Wait(); //~ MML4001
        _spin.UnlockIrqRestore(flags);
    }

    public int SleepsBetween(int rounds)
    {
        _spin.Lock();
        var n = rounds + 1;
        if (n > 3)
        {
            n = 3;
            World.Wait(); //~ MML4001
        }
        _spin.Unlock();
        return n;
    }

    public void SleepsWithPreemptionOff()
    {
        Cpu.PreemptOff();
        World.Wait(); //~ MML4001
        Cpu.PreemptOn();
    }

    public bool TakesASleepingLock()
    {
        _spin.Lock();
        _sleeper.Lock(); //~ MML4001
        _level = 1;
        _sleeper.Unlock();
        _spin.Unlock();
        return true;
    }

    [Releases("_spin")]
    public void SleepsBeforeItReleases()
    {
        World.Wait(); //~ MML4001
        _spin.Unlock();
    }

    public void WaitsInAReader()
    {
        Rcu.ReadLock();
        Rcu.Synchronize(); //~ MML3006 MML4001
        Rcu.ReadUnlock();
    }

    public void Backwards()
    {
        _inner.Lock();
        World.Use(1);
        _outer.Lock(); //~ MML1001
        _outer.Unlock();
        _inner.Unlock();
    }

    public void BackwardsThroughACallee()
    {
        _inner.Lock();
        TakesOuter(); //~ MML1001
        _inner.Unlock();
    }

    public void BackwardsByGuards()
    {
        using var a = _inner.Hold();
        using var b = _outer.Hold(); //~ MML1001
    }

    [MustHold("_inner")]
    public void BackwardsUnderAContract()
    {
        _outer.Lock(); //~ MML1001
        _outer.Unlock();
    }

    private void TakesOuter()
    {
        _outer.Lock();
        _outer.Unlock();
    }

    public void ExcludedAndHeld()
    {
        _sleeper.Lock();
        TakesSleeper(); //~ MML2002
        _sleeper.Unlock();
    }

    [MustNotHold("_sleeper")]
    public void TakesSleeper()
    {
        _sleeper.Lock();
        _sleeper.Unlock();
    }

    public static void AnotherOne(Sections a, Sections b)
    {
        a._sleeper.Lock();
        b._level = 1; //~ MML2004
        a._sleeper.Unlock();
    }

    public void AfterTheDowngrade()
    {
        _semaphore.DownWrite();
        _semaphore.Downgrade();
        _depth = 1; //~ MML2004
        _semaphore.UpRead();
    }

    public void DowngradedTwice()
    {
        _semaphore.DownWrite();
        _semaphore.Downgrade();
        _semaphore.Downgrade(); //~ MML2011
        _semaphore.UpRead();
    }

    public IEnumerable<int> Yields()
    {
        yield return _level; //~ MML2003
    }

    [MustHold("_sleeper")]
    public void LetsGo(bool on)
    {
        if (on)
        {
            _sleeper.Unlock();
            return; //~ MML2009
        }
        _level = 1;
    }

    [Acquires("_sleeper")]
    public void TakesNothing()
    {
        World.Use(1);
    } //~ MML2009

    public void BottomHalvesStayOff(bool early)
    {
        Cpu.BhOff();
        if (early)
            return; //~ MML2006
        Cpu.BhOn();
    }

    public void PreemptionStaysOff()
    {
        Cpu.PreemptOff();
        World.Use(1);
    } //~ MML2006

    public void InterruptsStayOff(bool early)
    {
        Cpu.IrqSave(out var flags);
        if (early)
            return; //~ MML2006
        Cpu.IrqRestore(flags);
    }
}
