using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>No lock has this class.</summary>
public sealed class MML9004UnknownLockClassTests
{
    [Fact]
    public Task ClassThatNobodyHas_IsReported() => Marked("""
        [assembly: LockHierarchy("known\n  by_name_alone\n")]

        class Classes
        {
            [LockClass("known")] public readonly SpinLock Known = new();
            public readonly SpinLock Unnamed = new();
        }

        class Story
        {
            [MustHold("@knwon")] void MustHold() { } //~ MML9004
            [MustNotHold("@Known")] void Case() { } //~ MML9004
            [MustHoldAny("@known", "@nobody")] void Any() { } //~ MML9004
            [GuardedBy("@nobody")] int guarded; //~ MML9004
            [MustHold("@Classes.Nobody")] void OfAType() { } //~ MML9004
            [MustHold("@known")] void Fine() { }
            [MustHold("@Classes.Unnamed")] void UnnamedClass() { }
            [MustHold("@rcu", "@irq")] void Contexts() { }
            [MayAcquire("@by_name_alone")] void ByNameAlone() { }
        }
        """);

    [Fact]
    public Task ClassOfMayAcquireAlone_ExistsByName() => Marked("""
        [assembly: LockHierarchy("page_lock\n  reclaim\n    i_mmap\n")]

        class Classes
        {
            [LockClass("page_lock")] public readonly PageLock PageLock = new();
            [LockClass("i_mmap")] public readonly RwSem IMmap = new();
        }

        class Story
        {
            // G22: an allocation that may enter reclaim.
            [MayAcquire("@reclaim"), MaySleep] static void AllocPages() { }

            [MayAcquire("@reclaim")] void Under(Classes locks)
            {
                locks.PageLock.Lock(); //~ MML2009
                AllocPages();
                locks.PageLock.Unlock();
            }

            public void TooDeep(Classes locks)
            {
                locks.IMmap.DownRead();
                AllocPages(); //~ MML1001
                locks.IMmap.UpRead();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheClassAndTheNearest() =>
        new LockVerifier(new DeclarationAnalyzer())
        {
            Expected = [new ExpectedFinding("MML9004").At(0).WithMessage("No lock has class 'lru_lok', which [MustHold] names (did you mean 'lru_lock'?)")],
        }.Check("""
        using MmLock;
        [LockType(LockKind.Spin)] public sealed class Spin { }
        public sealed class Story
        {
            [LockClass("lru_lock")] public readonly Spin LruLock = new();
            [MustHold("@{|#0:lru_lok|}")] public void M() { }
        }
        """);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
