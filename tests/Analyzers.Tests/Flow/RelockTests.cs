using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>The relock loop, its broken variants, and compaction.</summary>
public sealed class RelockTests
{
    [Fact]
    public Task RelockLoop_RightAndBroken() => LockScene.Marked("""
        public sealed class Lruvec { [LockClass("lruvec")] public readonly Spin LruLock = new(); [GuardedBy("LruLock")] public int Pages; }
        public sealed class Page { public Lruvec Lruvec = new(); }
        public static class Relock
        {
            [NoLockAnalysis("lookup")] public static Lruvec LruvecOf(Page page) => page.Lruvec;
            [MustHold("lruvec.LruLock")] public static void Move(Page page, Lruvec lruvec) { lruvec.Pages++; }
            public static void Right(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { if (locked != null) locked.LruLock.Unlock(); locked = lruvec; locked.LruLock.Lock(); }
                    Move(page, lruvec);
                }
                if (locked != null) locked.LruLock.Unlock();
            }
            public static void LastUnlockMissing(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { if (locked != null) locked.LruLock.Unlock(); locked = lruvec; locked.LruLock.Lock(); }
                    Move(page, lruvec);
                }
            } //~ MML2006
            public static void InnerUnlockMissing(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { locked = lruvec; locked.LruLock.Lock(); } //~ MML1003|MML1004
                    Move(page, lruvec);
                }
                if (locked != null) locked.LruLock.Unlock();
            } //~ MML2006
            public static void LockMissing(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { if (locked != null) locked.LruLock.Unlock(); locked = lruvec; } //~ MML2005
                    Move(page, lruvec); //~ MML2001
                }
                if (locked != null) locked.LruLock.Unlock(); //~ MML2005
            }
            public static void WrongObject(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { if (locked != null) locked.LruLock.Unlock(); locked = lruvec; locked.LruLock.Lock(); }
                    Move(page, LruvecOf(page)); //~ MML2001
                }
                if (locked != null) locked.LruLock.Unlock();
            }
            public static void AssignedBeforeUnlock(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked) { locked = lruvec; locked.LruLock.Unlock(); locked.LruLock.Lock(); } //~ MML2005 //~? MML1003
                    Move(page, lruvec);
                }
                if (locked != null) locked.LruLock.Unlock();
            } //~? MML2006
            public static void EqualityTheOtherWay(Page[] batch)
            {
                Lruvec? locked = null;
                foreach (var page in batch)
                {
                    var lruvec = LruvecOf(page);
                    if (lruvec == locked) { Move(page, locked); continue; }
                    locked?.LruLock.Unlock();
                    lruvec.LruLock.Lock();
                    locked = lruvec;
                    Move(page, lruvec);
                }
                locked?.LruLock.Unlock();
            }
            public static void DroppedEveryBatch(Page[] batch)
            {
                Lruvec? locked = null;
                for (int i = 0; i < batch.Length; i++)
                {
                    if (i % 32 == 0 && locked != null) { locked.LruLock.Unlock(); locked = null; }
                    var lruvec = LruvecOf(batch[i]);
                    if (locked != lruvec)
                    {
                        if (locked != null) locked.LruLock.Unlock();
                        lruvec.LruLock.Lock();
                        locked = lruvec;
                    }
                    Move(batch[i], lruvec);
                }
                if (locked != null) locked.LruLock.Unlock();
            }
            public static void DroppedButNotForgotten(Page[] batch)
            {
                Lruvec? locked = null;
                for (int i = 0; i < batch.Length; i++)
                {
                    if (i % 32 == 0 && locked != null) locked.LruLock.Unlock(); //~ MML2005
                    var lruvec = LruvecOf(batch[i]);
                    if (locked != lruvec)
                    {
                        if (locked != null) locked.LruLock.Unlock(); //~ MML2005
                        lruvec.LruLock.Lock();
                        locked = lruvec;
                    }
                    Move(batch[i], lruvec); //~ MML2001
                }
                if (locked != null) locked.LruLock.Unlock(); //~ MML2005
            }
        }
        """);

    [Fact]
    public Task RelockFunction_KeepsItsContract() => LockScene.Marked("""
        public sealed class Lruvec { [LockClass("lruvec")] public readonly Spin LruLock = new(); [GuardedBy("LruLock")] public int Pages; }
        public sealed class Page { public Lruvec Lruvec = new(); }
        public static class RelockFn
        {
            [NoLockAnalysis("lookup")] public static Lruvec LruvecOf(Page page) => page.Lruvec;
            [Releases("locked.LruLock"), Acquires("return.LruLock")]
            public static Lruvec Relock(Lruvec? locked, Page page)
            {
                var lruvec = LruvecOf(page);
                if (locked == lruvec)
                    return lruvec;
                if (locked != null)
                    locked.LruLock.Unlock();
                lruvec.LruLock.Lock();
                return lruvec;
            }
            [Releases("locked.LruLock"), Acquires("return.LruLock")]
            public static Lruvec RelockReturningLocked(Lruvec? locked, Page page)
            {
                var lruvec = LruvecOf(page);
                if (locked != null)
                {
                    if (locked == lruvec)
                        return locked;
                    locked.LruLock.Unlock();
                }
                lruvec.LruLock.Lock();
                return lruvec;
            }
            [Releases("locked.LruLock"), Acquires("return.LruLock")]
            public static Lruvec ForgetsToRelease(Lruvec? locked, Page page)
            {
                var lruvec = LruvecOf(page);
                if (locked == lruvec)
                    return lruvec;
                lruvec.LruLock.Lock(); //~ MML1003
                return lruvec; //~ MML2009
            }
            [Releases("locked.LruLock"), Acquires("return.LruLock")]
            public static Lruvec ForgetsToLock(Lruvec? locked, Page page)
            {
                var lruvec = LruvecOf(page);
                if (locked == lruvec)
                    return lruvec;
                if (locked != null)
                    locked.LruLock.Unlock();
                return lruvec; //~ MML2009
            }
            public static void User(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                {
                    locked = Relock(locked, page);
                    locked.Pages++;
                }
                if (locked != null)
                    locked.LruLock.Unlock();
            }
            public static void UserDropsReturn(Page[] pages)
            {
                Lruvec? locked = null;
                foreach (var page in pages)
                    Relock(locked, page); //~ MML1003|MML1004|MML2005 //~? MML1003 MML1004 MML2005 MML2008
            } //~ MML2006
        }
        """);

    [Fact]
    public Task CompactionScan_RightAndBroken() => LockScene.Marked("""
        public sealed class Lruvec { [LockClass("lruvec")] public readonly Spin LruLock = new(); [GuardedBy("LruLock")] public int Isolated; }
        public sealed class Page { public Lruvec? Lruvec; public int Flags; }
        public sealed class Compaction
        {
            [NoLockAnalysis("lookup")] public static Lruvec LruvecOf(Page page) => page.Lruvec!;
            [NoLockAnalysis("lookup")] public static Page? PageAt(int pfn) => null;
            [MustHold("lruvec.LruLock")] public static void Isolate(Lruvec lruvec, Page page) { lruvec.Isolated++; }
            private static bool Skip(Page p) => p.Flags > 3;
            public int Scan(int low, int end)
            {
                Lruvec? locked = null;
                ulong flags = 0;
                int isolated = 0;
                Page? page = null;
                for (int pfn = low; pfn < end; pfn++)
                {
                    if (pfn % 32 == 0 && locked != null)
                    {
                        locked.LruLock.UnlockIrqrestore(flags);
                        locked = null;
                        if (Outside.Flip()) goto fatal;
                    }
                    page = PageAt(pfn);
                    if (page == null) continue;
                    if (Skip(page))
                    {
                        if (locked != null) { locked.LruLock.UnlockIrqrestore(flags); locked = null; }
                        goto failed;
                    }
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked)
                    {
                        if (locked != null) locked.LruLock.UnlockIrqrestore(flags);
                        lruvec.LruLock.LockIrqsave(out flags);
                        locked = lruvec;
                        if (page.Flags == 1) { page = null; goto isolateFail; }
                    }
                    Isolate(lruvec, page);
                    isolated++;
                    continue;
                isolateFail:
                    if (locked != null) { locked.LruLock.UnlockIrqrestore(flags); locked = null; }
                    continue;
                failed:
                    if (isolated > 5) break;
                }
                if (locked != null)
                    locked.LruLock.UnlockIrqrestore(flags);
                return isolated;
            fatal:
                Outside.Use(page);
                return -1;
            }
            public int ScanForgetsAtTheFatalLabel(int low, int end)
            {
                Lruvec? locked = null;
                ulong flags = 0;
                for (int pfn = low; pfn < end; pfn++)
                {
                    var page = PageAt(pfn);
                    if (page == null) continue;
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked)
                    {
                        if (locked != null) locked.LruLock.UnlockIrqrestore(flags);
                        lruvec.LruLock.LockIrqsave(out flags);
                        locked = lruvec;
                    }
                    if (page.Flags == 7) goto fatal;
                    Isolate(lruvec, page);
                }
                if (locked != null)
                    locked.LruLock.UnlockIrqrestore(flags);
                return 0;
            fatal:
                return -1; //~ MML2006 //~? MML2006
            }
            public void ScanDropsWithoutForgetting(int low, int end)
            {
                Lruvec? locked = null;
                ulong flags = 0;
                for (int pfn = low; pfn < end; pfn++)
                {
                    if (pfn % 32 == 0 && locked != null)
                        locked.LruLock.UnlockIrqrestore(flags); //~ MML2005 //~? MML4004
                    var page = PageAt(pfn);
                    if (page == null) continue;
                    var lruvec = LruvecOf(page);
                    if (lruvec != locked)
                    {
                        if (locked != null) locked.LruLock.UnlockIrqrestore(flags); //~ MML2005 //~? MML4004
                        lruvec.LruLock.LockIrqsave(out flags);
                        locked = lruvec;
                    }
                    Isolate(lruvec, page); //~ MML2001
                }
                if (locked != null)
                    locked.LruLock.UnlockIrqrestore(flags); //~ MML2005 //~? MML4004
            }
        }
        """);

    [Fact]
    public Task HandOverHand_RightAndBroken() => LockScene.Marked("""
        public sealed class Node { [LockClass("node", Nesting = LockNesting.Ordered)] public readonly Gate Gate = new(); [GuardedBy("Gate")] public Node? Next; [GuardedBy("Gate")] public int Value; }
        public sealed class Chain
        {
            private readonly Node _head = new();
            public int Sum()
            {
                var sum = 0;
                var current = _head;
                current.Gate.Lock();
                while (true)
                {
                    sum += current.Value;
                    var next = current.Next;
                    if (next == null) break;
                    next.Gate.Lock();
                    current.Gate.Unlock();
                    current = next;
                }
                current.Gate.Unlock();
                return sum;
            }
            public bool Contains(int v)
            {
                Node? pred = _head;
                pred.Gate.Lock();
                Node? curr = pred.Next;
                while (curr != null)
                {
                    curr.Gate.Lock();
                    if (curr.Value == v) { curr.Gate.Unlock(); pred.Gate.Unlock(); return true; }
                    pred.Gate.Unlock();
                    pred = curr;
                    curr = curr.Next;
                }
                pred.Gate.Unlock();
                return false;
            }
            public void ForgetsTheLast()
            {
                var current = _head;
                current.Gate.Lock();
                while (true)
                {
                    var next = current.Next;
                    if (next == null) return; //~ MML2006
                    next.Gate.Lock();
                    current.Gate.Unlock();
                    current = next;
                }
            }
            public void ForgetsTheFormer()
            {
                var current = _head;
                current.Gate.Lock();
                while (true) //~ MML2008
                {
                    var next = current.Next;
                    if (next == null) break;
                    next.Gate.Lock();
                    current = next;
                }
                current.Gate.Unlock();
            } //~ MML2006
            public void TouchesTheFormer()
            {
                var current = _head;
                current.Gate.Lock();
                var next = current.Next;
                if (next != null)
                {
                    next.Gate.Lock();
                    current.Gate.Unlock();
                    current.Value = 3; //~ MML2004
                    next.Gate.Unlock();
                    return;
                }
                current.Gate.Unlock();
            }
        }
        """);
}
