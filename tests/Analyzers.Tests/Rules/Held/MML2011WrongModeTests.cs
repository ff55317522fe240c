using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>A release or change of mode does not fit the mode held.</summary>
public sealed class MML2011WrongModeTests
{
    [Fact]
    public Task ModeChangesAndReleases_FitTheMode() => LockScene.Marked("""
        public sealed class Grades
        {
            private readonly RwSem _sem = new();
            public void Down() { _sem.DownWrite(); _sem.Downgrade(); _sem.UpRead(); }
            public void DownReleasedExclusive() { _sem.DownWrite(); _sem.Downgrade(); _sem.UpWrite(); } //~ MML2011
            public void DownNotHeld() { _sem.Downgrade(); } //~ MML2005
            public void DownShared() { _sem.DownRead(); _sem.Downgrade(); _sem.UpRead(); } //~ MML2011
            public void DownTwice() { _sem.DownWrite(); _sem.Downgrade(); _sem.Downgrade(); _sem.UpRead(); } //~ MML2011
            public void UpNotShared() { _sem.DownWrite(); _sem.Upgrade(); _sem.UpWrite(); } //~ MML2011
            public void UpNotHeld() { _sem.Upgrade(); } //~ MML2011|MML2005
            public void Up() { _sem.DownRead(); _sem.Upgrade(); _sem.UpWrite(); }
            public void UpReleasedShared() { _sem.DownRead(); _sem.Upgrade(); _sem.UpRead(); } //~ MML2011
            public void SharedReleasedExclusively() { _sem.DownRead(); _sem.UpWrite(); } //~ MML2011
            public void ExclusiveReleasedShared() { _sem.DownWrite(); _sem.UpRead(); } //~ MML2011
            public void CountsAsReleased() { _sem.DownWrite(); _sem.UpRead(); _sem.DownRead(); _sem.UpRead(); } //~ MML2011
            public void AnyAfterEither(bool b) { if (b) _sem.DownRead(); else _sem.DownWrite(); _sem.Up(); }
            public void AnyNotHeld() { _sem.Up(); } //~ MML2005
            public void WrongOnSomePaths(bool b) { if (b) _sem.DownRead(); else _sem.DownWrite(); _sem.UpRead(); } //~ MML2011
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly RwSem _sem = new();
            public void R() { {|#1:_sem.DownRead()|}; {|#0:_sem.UpWrite()|}; }
        }
        """,
        LockScene.Finding("MML2011").At(0).WithPlaces(1).WithMessage(
            "An exclusive release of '_sem' (class 'Story._sem') needs it held exclusively, but it is held shared"));

    [Fact]
    public Task TwoClausesAboutOneLock_MeanTheStrongerMode() => LockScene.Marked("""
        class Story
        {
            readonly RwSem sem = new();
            [GuardedBy("sem")] int count;

            [MustHoldShared("sem"), MustHold("sem")] public void SharedFirst() { count = 1; }
            [MustHold("sem"), MustHoldShared("sem")] public void SharedLast() { count = 1; }
            [MustHoldShared("sem"), Downgrades("sem")] public void Downgraded() { count = 1; sem.Downgrade(); }
        }
        """);
}
