using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>Releases what is not held.</summary>
public sealed class MML2005ReleaseNotHeldTests
{
    [Fact]
    public Task NeverTaken_IsReported() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly Gate _a = new(); private readonly RwSem _sem = new(); private readonly Token _token = new();
            public void Plain() { _a.Unlock(); } //~ MML2005
            public void Shared() { _sem.UpRead(); } //~ MML2005
            public void RightNeverHad() { _token.Give(); } //~ MML2005
            public void Section() { Rcu.ReadUnlock(); } //~ MML2005
            public void OtherObject(Story other) { _a.Lock(); other._a.Unlock(); } //~ MML2005 MML2006
        }
        """);

    [Fact]
    public Task ReleasedTwice_IsReportedAtTheSecond() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void Straight() { _a.Lock(); _a.Unlock(); _a.Unlock(); } //~ MML2005
            public void AfterTheFinally()
            {
                _a.Lock();
                try { Outside.Use(1); } finally { _a.Unlock(); }
                _a.Unlock(); //~ MML2005
            }
            public void InALoop(int n)
            {
                _a.Lock();
                for (int i = 0; i < n; i++)
                    _a.Unlock(); //~ MML2005 //~? MML2006 MML2008
            } //~? MML2006
        }
        """);

    [Fact]
    public Task OneWayOfTwo_SaysOnSomePaths() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void M(bool first)
            {
                if (first)
                    _a.Lock();
                {|#0:_a.Unlock()|};
            }
        }
        """,
        LockScene.Finding("MML2005").At(0).WithMessage("Releases '_a' (class 'Story._a'), which is not held on some paths"));

    [Fact]
    public Task ByContract_IsReportedAtTheCall() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly Gate _a = new(); private readonly RwSem _sem = new();
            [Releases("_a")] private void Leave() => _a.Unlock();
            [ReleasesAny("_sem"), NoLockAnalysis("trusted")] private void UpAny() { }
            [Downgrades("_sem"), NoLockAnalysis("trusted")] private void Downgrade() { }
            public void A() => Leave(); //~ MML2005
            public void B() { UpAny(); } //~ MML2005
            public void C() { Downgrade(); } //~ MML2005
        }
        """);

    [Fact]
    public Task FailedTry_LeavesNothingToRelease() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void Wrong() { if (!_a.TryLock()) _a.Unlock(); else _a.Unlock(); } //~ MML2005
            public void Right() { if (_a.TryLock()) _a.Unlock(); }
            public void Stored() { bool taken = _a.TryLock(); Outside.Use(1); if (taken) _a.Unlock(); }
        }
        """);

    [Fact]
    public Task HeldByEntry_IsReleased() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly Gate _a = new(); private readonly RwSem _sem = new();
            [Releases("_a")] public void Leave() => _a.Unlock();
            [Drops("_a")] public void Breathe() { _a.Unlock(); Outside.Use(1); _a.Lock(); }
            [ReleasesAny("_sem")] public void Up(bool shared) { if (shared) _sem.UpRead(); else _sem.UpWrite(); } //~? MML2011
            public void Asserted() { _a.AssertHeld(); _a.Unlock(); }
        }
        """);

    [Fact]
    public Task NullLock_AsksNothing() => LockScene.Marked("""
        public sealed class Lruvec { [LockClass("lru_lock")] public readonly Gate LruLock = new(); }
        public static class Story
        {
            [Releases("locked.LruLock"), NoLockAnalysis("trusted")] static void Unlock(Lruvec? locked) { }
            public static void Nothing() => Unlock(null);
            public static void Something(Lruvec locked) => Unlock(locked); //~ MML2005
        }
        """);

    [Fact]
    public Task PlainMonitor_IsExcusedWhereTheMethodDoesNotPair() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly object _gate = new();
            public void Leave() => Monitor.Exit(_gate);
            public void Twice() { Monitor.Enter(_gate); Monitor.Exit(_gate); Monitor.Exit(_gate); } //~ MML2005
        }
        """);
}
