using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Sections.MML2002LeaveFix>;

namespace MmLock.CodeFixes.Tests.Sections;

public class MML2002LeaveFixTests
{
    private const string Excluded = """
        using MmLock;

        public class Cgroups
        {
            private readonly KMutex _threads = new();

            public void Attach(int id)
            {
                _threads.Lock();
                System.Console.WriteLine(id);
                Drain(); //~ MML2002
                _threads.Unlock();
            }

            public void AttachAll()
            {
                using (_threads.Hold())
                {
                    System.Console.WriteLine();
                    Drain(); //~ MML2002
                }
            }

            [MustNotHold("_threads")]
            public void Drain() { }
        }

        """ + Scene.GuardedMutex;

    [Fact]
    public Task ExcludedCall_IsMadeBefore() => Verify.Fixes(
        FixKeys.MoveBefore,
        Excluded,
        """
        using MmLock;

        public class Cgroups
        {
            private readonly KMutex _threads = new();

            public void Attach(int id)
            {
                Drain();
                _threads.Lock();
                System.Console.WriteLine(id);
                _threads.Unlock();
            }

            public void AttachAll()
            {
                Drain();
                using (_threads.Hold())
                {
                    System.Console.WriteLine();
                }
            }

            [MustNotHold("_threads")]
            public void Drain() { }
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task OrAfter() => Verify.Fixes(
        FixKeys.MoveAfter,
        Excluded,
        """
        using MmLock;

        public class Cgroups
        {
            private readonly KMutex _threads = new();

            public void Attach(int id)
            {
                _threads.Lock();
                System.Console.WriteLine(id);
                _threads.Unlock();
                Drain();
            }

            public void AttachAll()
            {
                using (_threads.Hold())
                {
                    System.Console.WriteLine();
                }
                Drain();
            }

            [MustNotHold("_threads")]
            public void Drain() { }
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task WhereALocalTiesItDown_TheLockIsLetGoAround() => Verify.Fixes(
        """
        using MmLock;

        public class Cgroups
        {
            private readonly KMutex _threads = new();
            [GuardedBy("_threads")] private int _count;

            public void Attach()
            {
                _threads.Lock();
                var count = _count;
                count = Drain(count); //~ MML2002
                _count = count;
                _threads.Unlock();
            }

            [MustNotHold("_threads")]
            public int Drain(int count) => count;
        }

        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Cgroups
        {
            private readonly KMutex _threads = new();
            [GuardedBy("_threads")] private int _count;

            public void Attach()
            {
                _threads.Lock();
                var count = _count;
                _threads.Unlock();
                count = Drain(count);
                _threads.Lock();
                _count = count;
                _threads.Unlock();
            }

            [MustNotHold("_threads")]
            public int Drain(int count) => count;
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task WaitForReaders_LeavesTheReader() => Verify.Fixes(
        FixKeys.MoveAfter,
        """
        using MmLock;

        public class Tree
        {
            public void Prune()
            {
                Rcu.ReadLock();
                System.Console.WriteLine();
                RcuPtr.Synchronize(); //~ MML3006 MML4001
                Rcu.ReadUnlock();
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors,
        """
        using MmLock;

        public class Tree
        {
            public void Prune()
            {
                Rcu.ReadLock();
                System.Console.WriteLine();
                Rcu.ReadUnlock();
                RcuPtr.Synchronize();
            }
        }

        """ + Scene.Rcu + Scene.RcuAccessors);

    [Fact]
    public Task Await_IsNotDoneUnderAThreadsLock() => Verify.Fixes(
        FixKeys.LetGoAround,
        """
        using System.Threading;
        using System.Threading.Tasks;

        public class Writer
        {
            private readonly object _gate = new();

            public async Task Write(Task work)
            {
                Monitor.Enter(_gate);
                System.Console.WriteLine();
                await work; //~ MML2014
                System.Console.WriteLine();
                Monitor.Exit(_gate);
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        public class Writer
        {
            private readonly object _gate = new();

            public async Task Write(Task work)
            {
                Monitor.Enter(_gate);
                System.Console.WriteLine();
                Monitor.Exit(_gate);
                await work;
                Monitor.Enter(_gate);
                System.Console.WriteLine();
                Monitor.Exit(_gate);
            }
        }
        """);
}
