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
}
