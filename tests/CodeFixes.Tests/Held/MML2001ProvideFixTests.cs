using System.Threading.Tasks;
using MmLock.Verification;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2001ProvideFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2001ProvideFixTests
{
    [Fact]
    public Task Monitor_IsTakenWithALockStatement() => new Verify { Title = "Take '_gate' around it" }.CheckFix(
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public void Add()
            {
                _count++; //~ MML2004
            }
        }
        """,
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public void Add()
            {
                lock (_gate)
                {
                    _count++;
                }
            }
        }
        """);

    [Fact]
    public Task Neighbours_AreJoined() => Verify.Fixes(
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public void Add(bool twice)
            {
                System.Console.WriteLine();
                _count++; //~ MML2004

                // once more
                if (twice)
                    _count++; //~ MML2004
                System.Console.WriteLine();
            }
        }
        """,
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public void Add(bool twice)
            {
                System.Console.WriteLine();
                lock (_gate)
                {
                    _count++;
                }

                // once more
                if (twice)
                {
                    lock (_gate)
                    {
                        _count++;
                    }
                }
                System.Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Read_ModifyWrite_StaysTogether() => Verify.Fixes(
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public int Add()
            {
                var next = _count; //~ MML2003
                System.Console.WriteLine();
                _count = next + 1; //~ MML2004
                return next;
            }
        }
        """,
        """
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();

            [GuardedBy("_gate")]
            private int _count;

            public int Add()
            {
                int next;
                lock (_gate)
                {
                    next = _count;
                    System.Console.WriteLine();
                    _count = next + 1;
                }
                return next;
            }
        }
        """);

    [Fact]
    public Task PairOfCalls_IsReleasedInFinally() => Verify.Fixes(
        """
        using MmLock;

        static class Lru
        {
            public static int Size(Lruvec lruvec) => lruvec.Pages; //~ MML2003
            public static void Add(Lruvec lruvec)
            {
                lruvec.Pages++; //~ MML2004
            }
        }

        class Lruvec
        {
            public readonly SpinLock LruLock = new();
            [GuardedBy("LruLock")] public int Pages;
        }
        """ + Scene.SpinLock,
        """
        using MmLock;

        static class Lru
        {
            public static int Size(Lruvec lruvec)
            {
                lruvec.LruLock.Lock();
                try
                {
                    return lruvec.Pages;
                }
                finally
                {
                    lruvec.LruLock.Unlock();
                }
            }
            public static void Add(Lruvec lruvec)
            {
                lruvec.LruLock.Lock();
                try
                {
                    lruvec.Pages++;
                }
                finally
                {
                    lruvec.LruLock.Unlock();
                }
            }
        }

        class Lruvec
        {
            public readonly SpinLock LruLock = new();
            [GuardedBy("LruLock")] public int Pages;
        }
        """ + Scene.SpinLock);

    [Fact]
    public Task ClassThatInterruptsTake_IsTakenWithThemOff() => Verify.Fixes(
        """
        using MmLock;

        static class Pages
        {
            public static void Remove(Mapping mapping)
            {
                mapping.Drop(); //~ MML2001
            }
        }

        class Mapping
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)]
            public readonly SpinLock Pages = new();
            [MustHold("Pages")] public void Drop() { }
        }
        """ + Scene.SpinLock,
        """
        using MmLock;

        static class Pages
        {
            public static void Remove(Mapping mapping)
            {
                mapping.Pages.LockIrqSave(out var flags);
                try
                {
                    mapping.Drop();
                }
                finally
                {
                    mapping.Pages.UnlockIrqRestore(flags);
                }
            }
        }

        class Mapping
        {
            [LockClass("i_pages", TakenIn = IrqContext.Hardirq)]
            public readonly SpinLock Pages = new();
            [MustHold("Pages")] public void Drop() { }
        }
        """ + Scene.SpinLock);

    [Fact]
    public Task ScopedForm_IsPreferred_InTheStyleOfTheFile() => Verify.Fixes(
        """
        using MmLock;

        class Rmap {
          readonly KMutex _lock = new();
          [GuardedBy("_lock")] int _mapped;

          public void Map() {
            _mapped++; //~ MML2004
          }
        }
        """ + Scene.GuardedMutex,
        """
        using MmLock;

        class Rmap {
          readonly KMutex _lock = new();
          [GuardedBy("_lock")] int _mapped;

          public void Map() {
            using (_lock.Hold()) {
              _mapped++;
            }
          }
        }
        """ + Scene.GuardedMutex);

    [Fact]
    public Task SharedMode_IsEnoughToRead() => Verify.Fixes(
        """
        using MmLock;

        class Mm
        {
            private readonly RwSem _mmapLock = new();

            [GuardedBy("_mmapLock")]
            private int _vmas;

            public int Count()
            {
                var count = _vmas; //~ MML2003
                return count;
            }
        }
        """ + Scene.RwSem,
        """
        using MmLock;

        class Mm
        {
            private readonly RwSem _mmapLock = new();

            [GuardedBy("_mmapLock")]
            private int _vmas;

            public int Count()
            {
                int count;
                _mmapLock.DownRead();
                try
                {
                    count = _vmas;
                }
                finally
                {
                    _mmapLock.UpRead();
                }
                return count;
            }
        }
        """ + Scene.RwSem);

    [Fact]
    public Task ReaderSection_IsEntered() => Verify.Fixes(
        """
        using MmLock;

        class Memcg
        {
            [MustHold("@rcu")] static Memcg? Current() => null;

            public static bool Any()
            {
                return Current() is not null; //~ MML2001
            }
        }
        """ + Scene.Rcu,
        """
        using MmLock;

        class Memcg
        {
            [MustHold("@rcu")] static Memcg? Current() => null;

            public static bool Any()
            {
                Rcu.ReadLock();
                try
                {
                    return Current() is not null;
                }
                finally
                {
                    Rcu.ReadUnlock();
                }
            }
        }
        """ + Scene.Rcu);

    [Fact]
    public Task Requirement_IsDeclaredUpToWhereNobodyCalls() => new Verify { Key = FixKeys.DeclareMustHold, Rounds = 2, FixAllRounds = 2 }.CheckFix(
        """
        namespace Kernel
        {
            class Lru
            {
                private readonly object _gate = new();

                [MmLock.GuardedBy("_gate")]
                private int _count;

                /// <summary>Adds.</summary>
                public void AddOne()
                {
                    _count++; //~ MML2004
                }

                public void AddTwo()
                {
                    AddOne();
                }
            }
        }
        """,
        """
        using MmLock;

        namespace Kernel
        {
            class Lru
            {
                private readonly object _gate = new();

                [MmLock.GuardedBy("_gate")]
                private int _count;

                /// <summary>Adds.</summary>
                [MustHold("_gate")]
                public void AddOne()
                {
                    _count++;
                }

                [MustHold("_gate")]
                public void AddTwo()
                {
                    AddOne();
                }
            }
        }
        """);

    [Fact]
    public Task Requirement_JoinsTheOneThatIsThere() => Verify.Fixes(
        FixKeys.DeclareMustHold,
        """
        using MmLock;

        class Page
        {
            public readonly object Lock = new();
            public readonly object Tree = new();
            [GuardedBy(nameof(Lock))] public int Flags;

            [MustHold(nameof(Tree))]
            public void Set() => Flags = 1; //~ MML2004

            public static int Get(Page page)
            {
                return page.Flags; //~ MML2003
            }
        }
        """,
        """
        using MmLock;

        class Page
        {
            public readonly object Lock = new();
            public readonly object Tree = new();
            [GuardedBy(nameof(Lock))] public int Flags;

            [MustHold(nameof(Tree), nameof(Lock))]
            public void Set() => Flags = 1;

            [MustHold("page.Lock")]
            public static int Get(Page page)
            {
                return page.Flags;
            }
        }
        """);

    [Fact]
    public Task OverrideOfAContract_IsNotAskedForMore() => new Verify { Key = FixKeys.DeclareMustHold, Checks = FixChecks.None }.CheckFix(
        """
        using MmLock;

        interface ICount
        {
            [MustHoldAny("@rcu")] void Add();
        }

        class Counter : ICount
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add() { _count++; } //~ MML2004
            public void AddToo() { _count++; } //~ MML2004
        }
        """,
        """
        using MmLock;

        interface ICount
        {
            [MustHoldAny("@rcu")] void Add();
        }

        class Counter : ICount
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add() { _count++; } //~ MML2004
            [MustHold("_gate")]
            public void AddToo() { _count++; }
        }
        """);

    [Fact]
    public Task OneLine_StaysOneLine() => Verify.Fixes(
        """
        using System;
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add() { _count++; } //~ MML2004
            public Func<int> Later() => () => _count; //~ MML2003
            public int Count => _count; //~ MML2003
        }
        """,
        """
        using System;
        using MmLock;

        class Counter
        {
            private readonly object _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add() { lock (_gate) { _count++; } }
            public Func<int> Later() => () => { lock (_gate) { return _count; } };
            public int Count
            {
                get
                {
                    lock (_gate)
                    {
                        return _count;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task WhereTheLockWouldBeInTheWrongOrder_ItIsNotTaken() => new Verify { Checks = FixChecks.None }.CheckFix(
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        class Pair
        {
            [LockClass("outer")] private readonly object _outer = new();
            [LockClass("inner")] private readonly object _inner = new();
            [GuardedBy("_outer")] private int _count;

            public void Add()
            {
                lock (_inner)
                {
                    _count++; //~ MML2004
                }
            }

            [MustHold("_inner")]
            public void AddUnderInner()
            {
                _count++; //~ MML2004
            }
        }
        """,
        """
        using MmLock;

        [assembly: LockHierarchy("outer\n  inner")]

        class Pair
        {
            [LockClass("outer")] private readonly object _outer = new();
            [LockClass("inner")] private readonly object _inner = new();
            [GuardedBy("_outer")] private int _count;

            public void Add()
            {
                lock (_outer)
                {
                    lock (_inner)
                    {
                        _count++;
                    }
                }
            }

            [MustHold("_inner", "_outer")]
            public void AddUnderInner()
            {
                _count++;
            }
        }
        """);

    [Fact]
    public Task Assignment_TakesTheUpdateLock() => Verify.Fixes(
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu", UpdateLock = "_lock")] private Memcg? _next;
            private readonly object _lock = new();

            public void Set(Memcg next)
            {
                RcuPtr.Assign(ref _next, next); //~ MML3004
            }
        }

        """ + Scene.RcuAccessors,
        """
        using MmLock;

        public class Memcg
        {
            [RcuGuarded("@rcu", UpdateLock = "_lock")] private Memcg? _next;
            private readonly object _lock = new();

            public void Set(Memcg next)
            {
                lock (_lock)
                {
                    RcuPtr.Assign(ref _next, next);
                }
            }
        }

        """ + Scene.RcuAccessors);

    [Fact]
    public Task LockThatCannotNest_IsTakenOutsideOfTheSection() => Verify.Fixes(
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public static void Move(Item from, Item to)
            {
                from._gate.Lock();
                from._count--;
                to._count++; //~ MML2004
                from._gate.Unlock();
            }
        }

        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public static void Move(Item from, Item to)
            {
                from._gate.Lock();
                from._count--;
                from._gate.Unlock();
                using (to._gate.Hold())
                {
                    to._count++;
                }
            }
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task AfterTheRelease_ItGoesBefore() => Verify.Fixes(
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add(bool early)
            {
                _gate.Lock();
                if (early)
                    _gate.Unlock();
                _count++; //~ MML2004
                if (!early)
                    _gate.Unlock();
            }
        }

        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public void Add(bool early)
            {
                _gate.Lock();
                _count++;
                if (early)
                    _gate.Unlock();
                if (!early)
                    _gate.Unlock();
            }
        }

        """ + Scene.GuardedMutex);

    [Fact]
    public Task YieldedValue_IsReadBefore() => Verify.Fixes(
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public System.Collections.Generic.IEnumerable<int> Counts()
            {
                yield return _count; //~ MML2003
            }
        }

        """ + Scene.GuardedMutex,
        """
        using MmLock;

        public class Item
        {
            private readonly KMutex _gate = new();
            [GuardedBy("_gate")] private int _count;

            public System.Collections.Generic.IEnumerable<int> Counts()
            {
                int value;
                using (_gate.Hold())
                {
                    value = _count;
                }
                yield return value;
            }
        }

        """ + Scene.GuardedMutex);
}
