using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2011MatchFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2011MatchFixTests
{
    [Fact]
    public Task Release_FollowsTheMode() => Verify.Fixes(
        """
        using MmLock;

        public class Mm
        {
            private readonly RwSem _lock = new();

            public void Walk()
            {
                _lock.DownRead();
                _lock.UpWrite(); //~ MML2011
            }
        }

        """ + Scene.RwSem,
        """
        using MmLock;

        public class Mm
        {
            private readonly RwSem _lock = new();

            public void Walk()
            {
                _lock.DownRead();
                _lock.UpRead();
            }
        }

        """ + Scene.RwSem);
}
