namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>What the RCU stories read and update.</summary>
internal static class RcuSources
{
    /// <summary>Pointers of every flavour, with and without an update lock, and what becomes of the objects.</summary>
    public const string Data = """
        public class Plain
        {
            public int Value;
            public Plain? Parent;
            public Counted? Owner;
            public void Work() { }
            public virtual int Size() => Value;
        }

        public class Node
        {
            public int Key;
            [RcuGuarded("@rcu", UpdateLock = "Table.Lock")] public Node? Next;
            [RcuGuarded("@rcu", UpdateLock = "Table.Lock")] public Plain? Payload;
        }

        public static class Table
        {
            public static readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public static Node? Head;
        }

        public class Slot
        {
            public readonly SpinLock Lock = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Plain? Current;
            [RcuGuarded("@rcu_bh", UpdateLock = "Lock")] public Plain? CurrentBh;
            [RcuGuarded("@rcu_sched", UpdateLock = "Lock")] public Plain? CurrentSched;
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Counted? Pinned;
        }

        public class SleepySlot
        {
            public readonly Mutex Lock = new();
            public readonly RwSem Sem = new();
            public readonly SrcuDomain Domain = new(), Other = new();
            [RcuGuarded("@rcu", UpdateLock = "Lock")] public Plain? Current;
            [RcuGuarded("Domain", UpdateLock = "Lock")] public Plain? OfDomain;
            [RcuGuarded("@rcu", UpdateLock = "Sem")] public Plain? UnderSem;
            [RcuGuarded] public Plain? Unlocked;
        }

        [RefCounted, NoLockAnalysis("primitive")]
        public class Counted
        {
            public int Value;
            [TryAcquiresRef] public bool TryGet() => true;
            [AcquiresRef] public void Get() { }
            [ReleasesRef] public void Put() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Heap
        {
            [Unpublishes("node")] public static void Remove(Node? node) { }
            [Frees("node")] public static void Free(Node? node) { }
            [FreesAfterGracePeriod("node")] public static void FreeLater(Node? node) { }
            [Frees("plain")] public static void Free(Plain? plain) { }
            [FreesAfterGracePeriod("plain")] public static void FreeLater(Plain? plain) { }
            public static void Look(object? what) { }
        }
        """;
}
