using System.Threading.Tasks;
using MmLock.CodeFixes.Refactorings;
using Xunit;

namespace MmLock.CodeFixes.Tests.Refactorings;

public class LockRefactoringTests
{
    [Fact]
    public Task Selection_IsWrapped() => RefactoringRun.Makes<WrapInLockRefactoring>(
        "Wrap in '_gate'",
        """
        class Counter
        {
            private readonly object _gate = new();

            public int Add(int n)
            {
                [|var sum = n + 1;
                System.Console.WriteLine();|]
                return sum;
            }
        }
        """,
        """
        class Counter
        {
            private readonly object _gate = new();

            public int Add(int n)
            {
                int sum;
                lock (_gate)
                {
                    sum = n + 1;
                    System.Console.WriteLine();
                }
                return sum;
            }
        }
        """);

    [Fact]
    public Task WithoutALock_NothingIsOffered() => RefactoringRun.Refuses<WrapInLockRefactoring>(
        """
        class Counter
        {
            public void Add()
            {
                [|System.Console.WriteLine();|]
            }
        }
        """);

    [Fact]
    public Task UnderTheLockAlready_NothingIsOffered() => RefactoringRun.Refuses<WrapInLockRefactoring>(
        """
        using MmLock;
        class Lru
        {
            private readonly SpinLock _lock = new();

            public void Add()
            {
                _lock.Lock();
                [|System.Console.WriteLine();|]
                _lock.Unlock();
            }
        }
        """ + Scene.SpinLock);

    private const string Pair = """
        using MmLock;

        class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                [|_lock.Lock();|]
                // mapped
                System.Console.WriteLine();
                _lock.Unlock();
            }
        }
        """ + Scene.GuardedMutex;

    private const string Guarded = """
        using MmLock;

        class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                // mapped
                using (_lock.Hold())
                {
                    System.Console.WriteLine();
                }
            }
        }
        """ + Scene.GuardedMutex;

    private const string Tried = """
        using MmLock;

        class Rmap
        {
            private readonly KMutex _lock = new();

            public void Map()
            {
                // mapped
                _lock.Lock();
                try
                {
                    System.Console.WriteLine();
                }
                finally
                {
                    _lock.Unlock();
                }
            }
        }
        """ + Scene.GuardedMutex;

    [Fact]
    public Task PairOfCalls_BecomesAGuard() => RefactoringRun.Makes<ChangeLockFormRefactoring>("Use 'using (_lock.Hold())'", Pair, Guarded);

    [Fact]
    public Task PairInTry_BecomesAGuard() => RefactoringRun.Makes<ChangeLockFormRefactoring>(
        "Use 'using (_lock.Hold())'", Tried.Replace("_lock.Lock()", "[|_lock.Lock()|]"), Guarded);

    [Fact]
    public Task Guard_BecomesAPairInTry() => RefactoringRun.Makes<ChangeLockFormRefactoring>(
        "Use '_lock.Lock();' with try and finally", Guarded.Replace("using (_lock.Hold())", "[|using|] (_lock.Hold())"), Tried);

    [Fact]
    public Task Assertions_BecomeARequirement() => RefactoringRun.Makes<RequireInsteadOfAssertRefactoring>(
        "Require it with [MustHold] instead",
        """
        using MmLock;

        class Lru
        {
            private readonly CheckedLock _lock = new();

            public void Add(Lru other)
            {
                [|_lock.AssertHeld()|];
                other._lock.AssertHeld();
                System.Console.WriteLine();
            }
        }

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class CheckedLock
        {
            [AssertsHeld] public void AssertHeld() { }
        }
        """,
        """
        using MmLock;

        class Lru
        {
            private readonly CheckedLock _lock = new();

            [MustHold("_lock", "other._lock")]
            public void Add(Lru other)
            {
                System.Console.WriteLine();
            }
        }

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        class CheckedLock
        {
            [AssertsHeld] public void AssertHeld() { }
        }
        """);

    [Fact]
    public Task Name_BecomesNameOf() => RefactoringRun.Makes<UseNameOfRefactoring>(
        "Use 'nameof(_gate)'",
        """
        using MmLock;
        class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("[|_gate|]")] private int _count;
        }
        """,
        """
        using MmLock;
        class Counter
        {
            private readonly object _gate = new();
            [GuardedBy(nameof(_gate))] private int _count;
        }
        """);

    [Fact]
    public Task Path_IsNoName() => RefactoringRun.Refuses<UseNameOfRefactoring>(
        """
        using MmLock;
        class Counter
        {
            private readonly object _gate = new();
            [MustHold("[|other._gate|]")] public void Add(Counter other) { }
        }
        """);
}
