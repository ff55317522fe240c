using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Context.MML4002DisableFix>;

namespace MmLock.CodeFixes.Tests.Context;

public class MML4002DisableFixTests
{
    private const string BareLock = """

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class BareLock
        {
            [Acquires, NeverSleeps] public void Lock() { }
            [Releases, NeverSleeps] public void Unlock() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Irq
        {
            [DisablesIrq, NeverSleeps] public static void Disable() { }
            [EnablesIrq, NeverSleeps] public static void Enable() { }
            [SavesIrq("flags"), NeverSleeps] public static void Save(out ulong flags) => flags = 0;
            [RestoresIrq("flags"), NeverSleeps] public static void Restore(ulong flags) { }
        }

        """;

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

    [Fact]
    public Task LockWithoutSuchAForm_IsTakenInAnInterruptSection() => Verify.Fixes(
        """
        using MmLock;

        public class Timer
        {
            [LockClass("timer", TakenIn = IrqContext.Hardirq)] private readonly BareLock _lock = new();
            private int _count;

            public void Tick()
            {
                _lock.Lock(); //~ MML4002
                _count++;
                _lock.Unlock();
            }
        }

        """ + BareLock,
        """
        using MmLock;

        public class Timer
        {
            [LockClass("timer", TakenIn = IrqContext.Hardirq)] private readonly BareLock _lock = new();
            private int _count;

            public void Tick()
            {
                Irq.Save(out var flags);
                try
                {
                    _lock.Lock();
                    _count++;
                    _lock.Unlock();
                }
                finally
                {
                    Irq.Restore(flags);
                }
            }
        }

        """ + BareLock);

    [Fact]
    public Task EnableTooEarly_GoesBehindTheRelease() => Verify.Fixes(
        """
        using MmLock;

        public class Timer
        {
            [LockClass("timer", TakenIn = IrqContext.Hardirq)] private readonly BareLock _lock = new();
            private int _count;

            public void Tick()
            {
                Irq.Disable();
                _lock.Lock();
                _count++;
                Irq.Enable(); //~ MML4002
                _lock.Unlock();
            }
        }

        """ + BareLock,
        """
        using MmLock;

        public class Timer
        {
            [LockClass("timer", TakenIn = IrqContext.Hardirq)] private readonly BareLock _lock = new();
            private int _count;

            public void Tick()
            {
                Irq.Disable();
                _lock.Lock();
                _count++;
                _lock.Unlock();
                Irq.Enable();
            }
        }

        """ + BareLock);
}
