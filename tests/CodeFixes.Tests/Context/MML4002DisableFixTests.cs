using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Context.MML4002DisableFix>;

namespace MmLock.CodeFixes.Tests.Context;

public class MML4002DisableFixTests
{
    [Fact]
    public Task PlainForm_BecomesTheSavingOne() => Verify.Fixes(
        """
        using MmLock;

        public class Mapping
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)]
            private readonly SpinLock _pages = new();

            public bool Remove(bool busy)
            {
                _pages.Lock(); //~ MML4002
                if (busy)
                {
                    _pages.Unlock();
                    return false;
                }
                _pages.Unlock();
                return true;
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Mapping
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)]
            private readonly SpinLock _pages = new();

            public bool Remove(bool busy)
            {
                _pages.LockIrqSave(out var flags);
                if (busy)
                {
                    _pages.UnlockIrqRestore(flags);
                    return false;
                }
                _pages.UnlockIrqRestore(flags);
                return true;
            }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task EnableInsideASection_BecomesARestore() => Verify.Fixes(
        """
        using MmLock;

        public class Mapping
        {
            private readonly SpinLock _pages = new();

            [MustHold("@irq")]
            public void Remove()
            {
                _pages.LockIrq();
                _pages.UnlockIrq(); //~ MML4003
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Mapping
        {
            private readonly SpinLock _pages = new();

            [MustHold("@irq")]
            public void Remove()
            {
                _pages.LockIrqSave(out var flags);
                _pages.UnlockIrqRestore(flags);
            }
        }

        """ + Scene.SpinLock);
}
