using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>An exceptional path leaves a lock held.</summary>
public sealed class MML2007HeldOnExceptionTests
{
    [Fact]
    public Task ExceptionalPath_IsReportedWhenAsked() => LockScene.Marked("""
        public sealed class Throws
        {
            private readonly Gate _gate = new();
            private readonly object _m = new();
            public void Explicit(bool b)
            {
                _gate.Lock();
                if (b)
                    throw new Exception(); //~ MML2007
                _gate.Unlock();
            }
            public void Released(bool b)
            {
                _gate.Lock();
                if (b) { _gate.Unlock(); throw new Exception(); }
                _gate.Unlock();
            }
            public void Finally(bool b)
            {
                _gate.Lock();
                try { if (b) throw new Exception(); }
                finally { _gate.Unlock(); }
            }
            public void Statement(bool b) { lock (_m) { if (b) throw new Exception(); } }
            public void Using(bool b) { using (new Hold(_gate)) { if (b) throw new Exception(); } }
            [MustHold("_gate")] public void ByContract(bool b) { if (b) throw new Exception(); }
            [Acquires("_gate")] public void Acquired(bool b) { _gate.Lock(); if (b) throw new Exception(); } //~? MML2007
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            public void M(bool b) { {|#1:_a.Lock()|}; if (b) throw {|#0:new Exception()|}; _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2007").At(0).WithPlaces(1).WithMessage(
            "Holds '_a' (class 'Story._a') when an exception escapes here, and the contract does not hand it to the caller"));
}
