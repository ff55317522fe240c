using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Rcu.MML3007MatchFix>;

namespace MmLock.CodeFixes.Tests.Rcu;

public class MML3007MatchFixTests
{
    private const string Flavours = Scene.Rcu + """

        [NoLockAnalysis("primitive")]
        public static class RcuSched
        {
            [AcquiresShared("@rcu_sched"), NeverSleeps] public static void ReadLock() { }
            [ReleasesShared("@rcu_sched"), NeverSleeps] public static void ReadUnlock() { }
            [RcuAccessor(RcuRole.Dereference, Flavor = "@rcu_sched")] public static T? DereferenceSched<T>(ref T? place) where T : class => place;
            [WaitsForReaders("@rcu_sched")] public static void Synchronize() { }
        }

        """ + Scene.RcuAccessors;

    private const string Reader = """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu")] private Group? _position;

            public int Current()
            {
                RcuSched.ReadLock();
                var id = RcuPtr.Dereference(ref _position)!.Id; //~ MML3007
                RcuSched.ReadUnlock();
                return id;
            }
        }

        """ + Flavours;

    [Fact]
    public Task ReaderOfAnotherFlavour_BecomesOneOfThePointers() => Verify.Fixes(
        FixKeys.MatchFlavor,
        Reader,
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu")] private Group? _position;

            public int Current()
            {
                Rcu.ReadLock();
                var id = RcuPtr.Dereference(ref _position)!.Id;
                Rcu.ReadUnlock();
                return id;
            }
        }

        """ + Flavours);

    [Fact]
    public Task OrIsOneOfBoth() => Verify.Fixes(
        FixKeys.AcquireAround,
        Reader,
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu")] private Group? _position;

            public int Current()
            {
                RcuSched.ReadLock();
                int id;
                Rcu.ReadLock();
                try
                {
                    id = RcuPtr.Dereference(ref _position)!.Id;
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
                RcuSched.ReadUnlock();
                return id;
            }
        }

        """ + Flavours);

    [Fact]
    public Task AccessorOfAnotherFlavour_GivesWay() => Verify.Fixes(
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu")] private Group? _position;

            public int Current()
            {
                Rcu.ReadLock();
                var id = RcuSched.DereferenceSched(ref _position)!.Id; //~ MML3007
                Rcu.ReadUnlock();
                return id;
            }
        }

        """ + Flavours,
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu")] private Group? _position;

            public int Current()
            {
                Rcu.ReadLock();
                var id = RcuPtr.Dereference(ref _position)!.Id;
                Rcu.ReadUnlock();
                return id;
            }
        }

        """ + Flavours);

    [Fact]
    public Task WaitForAnotherFlavour_BecomesTheRightOne() => Verify.Fixes(
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu", UpdateLock = "_update")] private Group? _position;
            private readonly KMutex _update = new();

            public void Forget()
            {
                Group? old;
                using (_update.Hold())
                {
                    old = RcuPtr.DereferenceProtected(ref _position);
                    RcuPtr.Assign(ref _position, null);
                }
                RcuSched.Synchronize();
                RcuPtr.Free(old!); //~ MML3007
            }
        }

        """ + Flavours + Scene.GuardedMutex,
        """
        using MmLock;

        public sealed class Group
        {
            public int Id;
        }

        public sealed class Walk
        {
            [RcuGuarded("@rcu", UpdateLock = "_update")] private Group? _position;
            private readonly KMutex _update = new();

            public void Forget()
            {
                Group? old;
                using (_update.Hold())
                {
                    old = RcuPtr.DereferenceProtected(ref _position);
                    RcuPtr.Assign(ref _position, null);
                }
                RcuPtr.Synchronize();
                RcuPtr.Free(old!);
            }
        }

        """ + Flavours + Scene.GuardedMutex);
}
