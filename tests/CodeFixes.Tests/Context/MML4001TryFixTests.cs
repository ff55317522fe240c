using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Context.MML4001TryFix>;

namespace MmLock.CodeFixes.Tests.Context;

public class MML4001TryFixTests
{
    [Fact]
    public Task Wait_BecomesATry() => Verify.Fixes(
        """
        using MmLock;

        public class Memory
        {
            private readonly SpinLock _ptl = new();
            private readonly RwSem _sem = new();

            public void Fault()
            {
                _ptl.Lock();
                try
                {
                    _sem.DownWrite(); //~ MML4001
                    _sem.UpWrite();
                }
                finally
                {
                    _ptl.Unlock();
                }
            }
        }

        """ + Scene.SpinLock + Scene.RwSem,
        """
        using MmLock;

        public class Memory
        {
            private readonly SpinLock _ptl = new();
            private readonly RwSem _sem = new();

            public void Fault()
            {
                _ptl.Lock();
                try
                {
                    if (!_sem.TryDownWrite())
                        return;
                    _sem.UpWrite();
                }
                finally
                {
                    _ptl.Unlock();
                }
            }
        }

        """ + Scene.SpinLock + Scene.RwSem);

    [Fact]
    public Task Promise_IsTakenBack() => Verify.Fixes(
        FixKeys.DeclareMaySleep,
        """
        using MmLock;

        public class Memory
        {
            [MaySleep] public static void Sleep() { }

            [NeverSleeps]
            public static void Fault()
            {
                Sleep(); //~ MML4001
            }
        }

        """,
        """
        using MmLock;

        public class Memory
        {
            [MaySleep] public static void Sleep() { }

            [MaySleep]
            public static void Fault()
            {
                Sleep();
            }
        }

        """);
}
