using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Context.MML4004RestoreFix>;

namespace MmLock.CodeFixes.Tests.Context;

public class MML4004RestoreFixTests
{
    [Fact]
    public Task SavedState_IsRestored() => Verify.Fixes(
        """
        using MmLock;

        public class Mapping
        {
            private readonly SpinLock _pages = new();

            public void Remove(ulong other)
            {
                _pages.LockIrqSave(out var flags);
                _pages.UnlockIrqRestore(other); //~ MML4004
            }
        }

        """ + Scene.SpinLock,
        """
        using MmLock;

        public class Mapping
        {
            private readonly SpinLock _pages = new();

            public void Remove(ulong other)
            {
                _pages.LockIrqSave(out var flags);
                _pages.UnlockIrqRestore(flags);
            }
        }

        """ + Scene.SpinLock);
}
