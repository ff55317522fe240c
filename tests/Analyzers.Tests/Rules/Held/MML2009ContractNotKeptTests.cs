using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A body does not do what its contract promises.</summary>
public sealed class MML2009ContractNotKeptTests
{
    [Fact]
    public Task Promise_InEveryForm() => LockScene.Marked("""
        public sealed class Promises
        {
            private readonly Gate _a = new();
            private readonly Gate _b = new();
            private readonly RwSem _sem = new();
            [Acquires("_a")] public void NotTaken() { } //~ MML2009
            [Acquires("_a")] public void TakenInOneBranch(bool b) { if (b) _a.Lock(); } //~ MML2009
            [Acquires("_a")] public void ReturnsEarly(bool b)
            {
                if (b)
                    return; //~ MML2009
                _a.Lock();
            }
            [Acquires("_a", "_b")] public void OneOfTwo() { _a.Lock(); } //~ MML2009
            [Acquires("_a")] public void TooMuch() { _a.Lock(); _b.Lock(); } //~ MML2006
            [AcquiresShared("_sem")] public void SharedKept() { _sem.DownRead(); }
            [AcquiresShared("_sem")] public void SharedPromisedExclusiveTaken() { _sem.DownWrite(); } //~? MML2009
            [Acquires("_sem")] public void ExclusivePromisedSharedTaken() { _sem.DownRead(); } //~ MML2009
            [Releases("_a")] public void StillHeld() { } //~ MML2009
            [Releases("_a")] public void StillHeldOnABranch(bool b)
            {
                if (b)
                    return; //~ MML2009
                _a.Unlock();
            }
            [Releases("_a")] public void Kept() { _a.Unlock(); }
            [Releases("_a")] public void ReleasedAndTakenAgain() { _a.Unlock(); _a.Lock(); } //~ MML2009
            [ReleasesShared("_sem")] public void SharedReleased() { _sem.UpRead(); }
            [ReleasesShared("_sem")] public void SharedReleasedWrongly() { _sem.UpWrite(); } //~ MML2011
            [ReleasesAny("_sem")] public void AnyReleased() { _sem.Up(); }
            [MustHold("_a")] public void LetGo() { _a.Unlock(); } //~ MML2009
            [MustHold("_a")] public void LetGoAndRetaken() { _a.Unlock(); _a.Lock(); }
            [MustHoldShared("_sem")] public void SharedLetGo() { _sem.UpRead(); } //~ MML2009
            [MustHoldShared("_sem")] public void SharedRetaken() { _sem.UpRead(); _sem.DownRead(); }
            [Drops("_a")] public void DropKept() { _a.Unlock(); _a.Lock(); }
            [Drops("_a")] public void DropLost() { _a.Unlock(); } //~ MML2009
            [Drops("_a")] public void DropLostOnABranch(bool b)
            {
                _a.Unlock();
                if (b)
                    return; //~ MML2009
                _a.Lock();
            }
            [Downgrades("_sem")] public void DowngradeKept() { _sem.Downgrade(); }
            [Downgrades("_sem")] public void DowngradeNotDone() { } //~ MML2009
            [Upgrades("_sem")] public void UpgradeKept() { _sem.Upgrade(); }
            [Upgrades("_sem")] public void UpgradeNotDone() { } //~ MML2009
            [MayAcquire("_a")] public void ListedOnly() { _a.Lock(); _a.Unlock(); }
            [MayAcquire("_a")] public void Unlisted() { _b.Lock(); _b.Unlock(); } //~ MML2009
            [MayAcquire("_a")] public void UnlistedThroughACallee() { Takes(); } //~ MML2009
            [MayAcquire("_a")] public void UnlistedTried() { if (_b.TryLock()) _b.Unlock(); }
            [MayAcquire("_a")] public void UnlistedToken(Token t, Section s) { t.Take(); t.Give(); s.Enter(); s.Leave(); Rcu.ReadLock(); Rcu.ReadUnlock(); }
            [MayAcquire("_a")] public void ListedButKept() { _a.Lock(); } //~ MML2006
            [MayAcquire("@Promises._b")] public void ByClass() { _b.Lock(); _b.Unlock(); }
            [MayAcquire("_a")] public void CalleeMayTakeMore() { MayTakeBoth(); } //~ MML2009
            [MayAcquire("_a", "_b")] public void MayTakeBoth() { Takes(); ListedOnly(); }
            [Acquires("_a"), MayAcquire("_b")] public void Both() { _b.Lock(); _b.Unlock(); _a.Lock(); }
            [Acquires("_a")] public void Never() { throw new InvalidOperationException(); }
            [Acquires("_a")] public void Endless() { while (true) { } }
            [Releases("_a")] public void Aborts() { Outside.Abort(); }
            [Acquires("_a")] public int ExpressionBodied() => Outside.Number(); //~ MML2009
            [Acquires("_a")] public int ReturnedLater() { _a.Lock(); return 1; }
            public void Takes() { _b.Lock(); _b.Unlock(); }
        }
        """);

    [Fact]
    public Task TryPromise_InEveryOutcome() => LockScene.Marked("""
        public sealed class Tries
        {
            private readonly Gate _a = new();
            private int _n;
            [TryAcquires("_a")] public bool Kept() { if (!_a.TryLock()) return false; _n = 1; return true; }
            [TryAcquires("_a")] public bool KeptByLocal() { var won = _a.TryLock(); if (won) _n++; return won; }
            [TryAcquires("_a")] public bool AlwaysTakes() { _a.Lock(); return true; }
            [TryAcquires("_a")] public bool ReleasesOnFailure() { _a.Lock(); if (_n > 3) { _a.Unlock(); return false; } return true; }
            [TryAcquires("_a")] public bool AndThen() => _a.TryLock() && true;
            [TryAcquires("_a")] public bool NeverTakes() { return false; }
            [TryAcquires("_a")] public bool LiesTrue() { return true; } //~ MML2009
            [TryAcquires("_a")] public bool HoldsOnFalse() { _a.Lock(); return false; } //~ MML2009|MML2006
            [TryAcquires("_a")] public bool Inverted() { if (_a.TryLock()) return false; return true; } //~ MML2009|MML2006 MML2009
            [TryAcquires("_a", On = Outcome.False)] public bool FalseMeans() => !_a.TryLock();
            [TryAcquires("_a", On = Outcome.False)] public bool FalseMeansBroken() => _a.TryLock(); //~ MML2009 //~? MML2009 MML2006
            [TryAcquires("_a", On = Outcome.NotNull)] public object? NotNull() { if (_a.TryLock()) return this; return null; }
            [TryAcquires("_a", On = Outcome.NotNull)] public object? NotNullBroken() { _a.Lock(); return null; } //~ MML2009|MML2006
            [TryAcquires("_a", On = Outcome.Null)] public string? Null() => _a.TryLock() ? null : "busy";
            [TryAcquires("_a", On = Outcome.Zero)] public int Zero() { if (_a.TryLock()) return 0; return -16; }
            [TryAcquires("_a", On = Outcome.Zero)] public int ZeroBroken() { _a.Lock(); return -16; } //~ MML2009|MML2006
            [TryAcquires("_a", On = Outcome.NonZero)] public int NonZero() { return _a.TryLock() ? 1 : 0; }
            [TryAcquires("_a", Result = "taken")] public void ByOut(out bool taken) { taken = _a.TryLock(); }
            [TryAcquires("_a", Result = "taken")] public void ByOutBroken(out bool taken) { _a.Lock(); taken = false; } //~ MML2009|MML2006
            [TryAcquires("_a", Result = "taken")] public void ByRef(ref bool taken) { if (_a.TryLock()) taken = true; else taken = false; }
            [TryAcquires("_a", OnValue = "Won")] public Bid ByValue() { if (_a.TryLock()) return Bid.Won; return Bid.Lost; }
            [TryAcquires("_a", OnValue = "Won")] public Bid ByValueBroken() { if (_a.TryLock()) return Bid.Void; return Bid.Lost; } //~ MML2009|MML2006
            [TryAcquires("_a", OnValue = "Won")] public Bid ByConstantLies() => Bid.Won; //~ MML2009
            [Releases("_a", On = Outcome.True)] public bool ReleasesIf(bool b) { if (b) _a.Unlock(); return b; }
            [Releases("_a", On = Outcome.True)] public bool ReleasesIfBroken(bool b) { if (b) _a.Unlock(); return !b; } //~ MML2009 //~? MML2009
            [Releases("_a", OnValue = "Void")] public Bid ReleasesOn(bool b) { if (!b) return Bid.Won; _a.Unlock(); return Bid.Void; }
            [Releases("_a", On = Outcome.Zero)] public int ReleasesOnZero() { if (_n == 0) return 1; _a.Unlock(); return 0; }
            public void UsesReleasesOn(bool b)
            {
                _a.Lock();
                if (ReleasesOn(b) == Bid.Void) return;
                _a.Unlock();
            }
            public void UsesReleasesOnSwitch(bool b)
            {
                _a.Lock();
                switch (ReleasesOn(b)) { case Bid.Void: return; default: _a.Unlock(); break; }
            }
            public void UsesReleasesIf(bool b)
            {
                _a.Lock();
                if (!ReleasesIf(b)) _a.Unlock();
            }
            public void ForgetsReleasesIf(bool b)
            {
                _a.Lock();
                if (ReleasesIf(b)) _a.Unlock(); //~ MML2005
            } //~ MML2006
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [{|#1:Acquires("_a")|}] public void P() { {|#0:}|}
        }
        """,
        LockScene.Finding("MML2009").At(0).WithPlaces(1).WithMessage("'Story.P' promises [Acquires(\"_a\")], but '_a' is not held"));
}
