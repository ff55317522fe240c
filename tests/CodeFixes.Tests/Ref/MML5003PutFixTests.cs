using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Ref.MML5003PutFix>;

namespace MmLock.CodeFixes.Tests.Ref;

public class MML5003PutFixTests
{
    [Fact]
    public Task Reference_IsPutOnTheMissingExit() => Verify.Fixes(
        """
        using MmLock;

        [RefCounted]
        public class Page
        {
            [AcquiresRef, NoLockAnalysis("primitive")] public void Get() { }
            [ReleasesRef, NoLockAnalysis("primitive")] public void Put() { }
            [MustHoldRef] public void Touch() { }
        }

        public static class Migrate
        {
            [return: AcquiresRef] [NoLockAnalysis("primitive")] public static Page Find() => new();

            public static bool Move(bool busy)
            {
                var page = Find();
                if (busy)
                    return false; //~ MML5003
                page.Touch();
                page.Put();
                return true;
            }
        }

        """,
        """
        using MmLock;

        [RefCounted]
        public class Page
        {
            [AcquiresRef, NoLockAnalysis("primitive")] public void Get() { }
            [ReleasesRef, NoLockAnalysis("primitive")] public void Put() { }
            [MustHoldRef] public void Touch() { }
        }

        public static class Migrate
        {
            [return: AcquiresRef] [NoLockAnalysis("primitive")] public static Page Find() => new();

            public static bool Move(bool busy)
            {
                var page = Find();
                if (busy)
                {
                    page.Put();
                    return false;
                }
                page.Touch();
                page.Put();
                return true;
            }
        }

        """);
}
