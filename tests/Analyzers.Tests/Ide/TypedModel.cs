namespace MmLock.Analyzers.Tests.Ide;

/// <summary>A small annotated model: what stands there already, and what is about to be typed at the end of it.</summary>
internal static class TypedModel
{
    public const string Standing = """
        using MmLock;

        [assembly: LockHierarchy(@"
        ptl
          lru_lock
        ")]

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class SpinLock
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => true;
        }

        public sealed class Mm
        {
            [LockClass("ptl")] public readonly SpinLock Ptl = new();
        }

        public sealed class Lruvec
        {
            [LockClass("lru_lock", Nesting = LockNesting.Ordered)] public readonly SpinLock LruLock = new();
            [GuardedBy("LruLock")] public int Size;
            [MustHold("LruLock")] public void Grow(int pages) { Size += pages; }
        }

        public static class Standing
        {
            public static int Peek(Lruvec lruvec) => lruvec.Size;
        }


        """;

    public const string Typed = """
        public static class Typed
        {
            public static void Account(Mm mm, Lruvec lruvec, bool young)
            {
                mm.Ptl.Lock();
                lruvec.LruLock.Lock();
                if (young)
                {
                    lruvec.Grow(1);
                }
                else
                {
                    lruvec.Size--;
                }
                lruvec.LruLock.Unlock();
                mm.Ptl.Unlock();
            }

            public static void Backwards(Mm mm, Lruvec lruvec)
            {
                lruvec.LruLock.Lock();
                mm.Ptl.Lock();
                mm.Ptl.Unlock();
                lruvec.LruLock.Unlock();
            }

            public static void TryShrink(Lruvec lruvec)
            {
                bool taken = lruvec.LruLock.TryLock();
                if (taken)
                {
                    lruvec.Size = 0;
                    lruvec.LruLock.Unlock();
                }
            }

            public static void Relock(Lruvec[] batch)
            {
                Lruvec? locked = null;
                foreach (var lruvec in batch)
                {
                    if (lruvec != locked)
                    {
                        if (locked != null)
                        {
                            locked.LruLock.Unlock();
                        }
                        locked = lruvec;
                        locked.LruLock.Lock();
                    }
                    lruvec.Grow(1);
                }
                if (locked != null)
                    locked.LruLock.Unlock();
            }
        }

        """;
}
