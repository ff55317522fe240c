using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Ref;

/// <summary>An owned reference is neither released nor handed on.</summary>
public sealed class MML5003ReferenceLeakTests
{
    [Fact]
    public Task LastOwnerGoes_AtAnExit() => Marked("""
        class Story
        {
            public void ClosingBrace()
            {
                var page = Mm.GetPage(1);
                page.Dump();
            } //~ MML5003

            public int Return()
            {
                var page = Mm.GetPage(1);
                return page.Flags; //~ MML5003
            }

            public int EarlyReturn(bool stop)
            {
                var page = Mm.GetPage(1);
                if (stop)
                    return -1; //~ MML5003
                page.Put();
                return 0;
            }

            public void OnOnePath(bool put)
            {
                var page = Mm.GetPage(1);
                if (put)
                    page.Put();
            } //~ MML5003

            public void Tried()
            {
                var page = Mm.FindOnList();
                if (page == null || !page.TryGet())
                    return;
                page.TryLockPage();
            } //~ MML5003

            // Variant 3h: a return between find_get_page and page_cache_release.
            public int Locked()
            {
                var page = Mm.FindGetPage(1);
                if (page == null)
                    return 0;
                if (!page.TryLockPage())
                    return -1; //~ MML5003
                page.Put();
                return 1;
            }

            public void Borrowed(Page page)
            {
                page.Get();
            } //~ MML5003

            public void TakenTwice()
            {
                var page = Mm.GetPage(1);
                page.Get();
                page.Put();
            } //~ MML5003

            public void Consumed([ReleasesRef] Page page)
            {
                page.Get();
                page.Put();
            } //~ MML2009

            public void OutcomeForgotten()
            {
                var page = Mm.GetPage(1);
                if (Mm.Submit(page))
                    return;
            } //~ MML5003

            public void ByOut()
            {
                if (Mm.Lookup(1, out var page))
                    page!.Dump();
            } //~ MML5003

            public void Goto(bool fail)
            {
                var page = Mm.GetPage(1);
                if (fail)
                    goto done;
                page.Put();
            done:
                Sched.Delay();
            } //~ MML5003

            public void BreakOut(int rounds)
            {
                for (int i = 0; i < rounds; i++)
                {
                    var page = Mm.GetPage(i);
                    if (page.Flags == 3)
                        break;
                    page.Put();
                }
            } //~ MML5003

            public int TwoOfThem()
            {
                var first = Mm.GetPage(1);
                var second = Mm.GetPage(2);
                first.Put();
                return second.Flags; //~ MML5003
            }
        }
        """);

    [Fact]
    public Task LastOwnerGoes_AtAnOverwritingAssignment() => Marked("""
        class Story
        {
            public void Overwritten()
            {
                var page = Mm.GetPage(1);
                page = Mm.GetPage(2); //~ MML5003
                page.Put();
            }

            public void Cleared()
            {
                var page = Mm.GetPage(1);
                page = null; //~ MML5003
                Mm.PutPage(page);
            }

            public void EveryRound(int rounds)
            {
                Page? page = null;
                for (int i = 0; i < rounds; i++)
                    page = Mm.GetPage(i); //~ MML5003
                page?.Put();
            }

            public void TwoNames()
            {
                var page = Mm.GetPage(1);
                var same = page;
                page = Mm.GetPage(2);
                same.Put();
                page.Put();
            }

            public void ContinuedRound(int rounds)
            {
                for (int i = 0; i < rounds; i++)
                {
                    var page = Mm.GetPage(i); //~? MML5003
                    if (page.Flags == 0)
                        continue; //~? MML5003
                    page.Put();
                } //~? MML5003
            } //~? MML5003

            public void PutBefore()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page = Mm.GetPage(2);
                page.Put();
            }

            public void NullBefore()
            {
                var page = Mm.FindGetPage(1);
                if (page == null)
                    page = Mm.GetPage(2);
                page.Put();
            }
        }
        """);

    [Fact]
    public Task RoundThatKeepsItsReference_IsReportedOnce() => Marked("""
        class Story
        {
            public void Round(int rounds) { for (int i = 0; i < rounds; i++) { var page = Mm.GetPage(i); if (page.Flags == 0) continue; page.Put(); } } //~ MML5003
        }
        """);

    [Fact]
    public Task HandedOn_IsSilent() => Marked("""
        class Story
        {
            public Page? kept;
            readonly System.Collections.Generic.List<Page> list = new();

            [return: AcquiresRef]
            public Page Returned() => Mm.GetPage(1);

            public Page ReturnedUnsaid() => Mm.GetPage(1);

            [return: AcquiresRef]
            public Page? ReturnedByALocal(bool fail)
            {
                var page = Mm.FindGetPage(1);
                if (fail)
                {
                    Mm.PutPage(page);
                    return null;
                }
                return page;
            }

            public void Stored() => kept = Mm.GetPage(1);

            public void StoredByALocal()
            {
                var page = Mm.GetPage(1);
                kept = page;
            }

            public void StoredInAnElement(Page[] where)
            {
                var page = Mm.GetPage(1);
                where[0] = page;
            }

            public void Consumed()
            {
                var page = Mm.GetPage(1);
                Mm.PutAndWait(page);
            }

            public void Added()
            {
                var page = Mm.GetPage(1);
                list.Add(page);
            }

            public void OutParameter(out Page? page) => page = Mm.GetPage(1);

            public void SaidByTheParameter([AcquiresRef] Page page) => page.Get();

            public bool SaidByTheOutcome([TryAcquiresRef] Page page) => page.TryGet();

            public bool SaidByTheOutcomeSpelledOut([TryAcquiresRef] Page page)
            {
                if (!page.TryGet())
                    return false;
                page.Dump();
                return true;
            }

            public void NullHasNone()
            {
                var page = Mm.FindGetPage(1);
                if (page == null)
                    return;
                page.Put();
            }

            public void ConditionalPut()
            {
                var page = Mm.FindGetPage(1);
                page?.Put();
            }

            public void PutNull()
            {
                var page = Mm.FindGetPage(1);
                Mm.PutPage(page);
            }

            public void Finally(System.Action work)
            {
                var page = Mm.GetPage(1);
                try
                {
                    work();
                }
                finally
                {
                    page.Put();
                }
            }

            public void Flag(bool want)
            {
                Page? page = null;
                if (want)
                    page = Mm.GetPage(1);
                Sched.Delay();
                if (want)
                    page!.Put();
            }

            public void Throws(bool bad)
            {
                var page = Mm.GetPage(1);
                if (bad)
                    throw new System.InvalidOperationException();
                page.Put();
            }
        }
        """);

    [Fact]
    public Task NullMeansNoReference_InTheScanOfCompaction() => Marked("""
        // isolate_migratepages_block: page is cleared at the normal end of a round, so that the abort code puts nothing.
        class Story
        {
            readonly SpinLock lruLock = new();

            public int Scan(int[] pfns)
            {
                Page? page = null;
                SpinLock? locked = null;
                ulong flags = 0;
                int isolated = 0;
                foreach (var pfn in pfns)
                {
                    if (locked != null && pfn % 32 == 0)
                    {
                        locked.UnlockIrqRestore(flags);
                        locked = null;
                    }
                    page = Mm.FindOnList();
                    if (page == null)
                        continue;
                    if (!page.TryGet())
                    {
                        page = null;
                        continue;
                    }
                    if (!page.TryLockPage())
                        goto isolateFailPut;
                    if (locked == null)
                    {
                        lruLock.LockIrqSave(out flags);
                        locked = lruLock;
                        if (page.Flags == 7)
                            goto isolateAbort;
                    }
                    isolated++;
                    page.Put();
                    page = null;
                    continue;
                isolateFailPut:
                    if (locked != null)
                    {
                        locked.UnlockIrqRestore(flags);
                        locked = null;
                    }
                    page.Put();
                    page = null;
                }
            isolateAbort:
                if (locked != null)
                    locked.UnlockIrqRestore(flags);
                if (page != null)
                    page.Put();
                return isolated;
            }

            public int ScanThatLeaks(int[] pfns)
            {
                Page? page = null;
                foreach (var pfn in pfns)
                {
                    page = Mm.FindOnList();
                    if (page == null || !page.TryGet())
                    {
                        page = null;
                        continue;
                    }
                    if (pfn == 3)
                        goto abort;
                    page.Put();
                    page = null;
                }
            abort:
                return page == null ? 0 : 1; //~ MML5003
            }
        }
        """);

    [Fact]
    public Task IteratorThatConsumesThePreviousReference() => Marked("""
        // mem_cgroup_iter: every call puts the one before; a loop left early breaks (variant 4e).
        class Story
        {
            public void Walk(Memcg root)
            {
                for (var memcg = Mm.Iter(root, null); memcg != null; memcg = Mm.Iter(root, memcg))
                    Mm.Reclaim(memcg);
            }

            public void WalkByWhile(Memcg root)
            {
                Memcg? memcg = null;
                while ((memcg = Mm.Iter(root, memcg)) != null)
                    Mm.Reclaim(memcg);
            }

            public void WalkByDo(Memcg root)
            {
                var memcg = Mm.Iter(root, null);
                do
                {
                    if (memcg == null)
                        break;
                    Mm.Reclaim(memcg);
                    memcg = Mm.Iter(root, memcg);
                }
                while (memcg != null);
            }

            public void LeftEarly(Memcg root)
            {
                for (var memcg = Mm.Iter(root, null); memcg != null; memcg = Mm.Iter(root, memcg))
                {
                    if (memcg.Id == 3)
                    {
                        Mm.IterBreak(root, memcg);
                        break;
                    }
                }
            }

            public void LeftEarlyByReturn(Memcg root)
            {
                for (var memcg = Mm.Iter(root, null); memcg != null; memcg = Mm.Iter(root, memcg))
                {
                    if (memcg.Id == 3)
                    {
                        Mm.IterBreak(root, memcg);
                        return;
                    }
                }
            }

            public int ReturnedOut(Memcg root)
            {
                for (var memcg = Mm.Iter(root, null); memcg != null; memcg = Mm.Iter(root, memcg))
                {
                    if (memcg.Id == 3)
                        return 1; //~ MML5003
                }
                return 0;
            }

            public void LeftWithoutABreak(Memcg root)
            {
                for (var memcg = Mm.Iter(root, null); memcg != null; memcg = Mm.Iter(root, memcg))
                {
                    if (memcg.Id == 3)
                        break;
                }
            } //~ MML5003

            public void ForgotThePrevious(Memcg root)
            {
                var memcg = Mm.Iter(root, null);
                while (memcg != null)
                    memcg = Mm.Iter(root, null); //~ MML5003
            }

            public int UsedAfterTheNext(Memcg root)
            {
                var first = Mm.Iter(root, null);
                var second = Mm.Iter(root, first);
                int id = first!.Id; //~ MML5001
                Mm.IterBreak(root, second);
                return id;
            }
        }
        """);

    [Fact]
    public Task ContractOfTheBody_IsKeptOrMml2009() => Marked("""
        class Story
        {
            public void Kept([ReleasesRef] Page page) { } //~ MML2009

            public void KeptOnOnePath([ReleasesRef] Page page, bool fail)
            {
                if (fail)
                    return; //~ MML2009
                page.Put();
            }

            public void ReleasedTwice([ReleasesRef] Page page)
            {
                page.Put();
                page.Put(); //~ MML5001
            }

            public void HandedOn([ReleasesRef] Page page) => Mm.PutAndWait(page);

            public bool OnTrue([ReleasesRef(On = Outcome.True)] Page page)
            {
                if (page.Flags == 0)
                    return false;
                page.Put();
                return true;
            }

            public bool OnTrueBroken([ReleasesRef(On = Outcome.True)] Page page)
            {
                if (page.Flags == 0)
                    return true; //~ MML2009
                page.Put();
                return true;
            }

            public void Forgotten([AcquiresRef] Page page) { } //~ MML2009

            public bool TriedAndForgot([TryAcquiresRef] Page page)
            {
                if (page.Flags == 0)
                    return true; //~ MML2009
                return page.TryGet();
            }

            // Variant 2g: an early return from the wait without the put.
            public int WaitOnPage([ReleasesRef] Page page, bool interrupted)
            {
                if (interrupted)
                    return -4; //~ MML2009
                page.Put();
                return 0;
            }
        }
        """);

    [Fact]
    public Task IgnoredTry_IsMml2010() => Marked("""
        class Story
        {
            public void Ignored()
            {
                var page = Mm.FindOnList();
                page!.TryGet(); //~ MML2010
            } //~? MML5003

            public void Discarded(Page page)
            {
                _ = page.TryGet(); //~ MML2010
            } //~? MML5003
        }
        """);

    [Fact]
    public Task LastOwnerGoes_InEveryForm() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static void Leak()
            {
                var p = Mm.GetPage(1);
                s = p.Flags;
            } //~ MML5003

            public static void LeakDiscard()
            {
                _ = Mm.GetPage(1);
            } //~ MML5003

            public static void LeakStmt()
            {
                Mm.GetPage(1);
            } //~ MML5003

            public static void LeakNullable()
            {
                var p = Mm.FindGetPage(1);
                if (p == null)
                    return;
                s = p.Flags;
            } //~ MML5003

            public static void NullOk()
            {
                var p = Mm.FindGetPage(1);
                if (p == null)
                    return;
                p.Put();
            }

            public static void NullOk2()
            {
                var p = Mm.FindGetPage(1);
                if (p != null)
                    p.Put();
            }

            public static void NullOk3()
            {
                var p = Mm.FindGetPage(1);
                p?.Put();
            }

            public static void NullOk4()
            {
                if (Mm.FindGetPage(1)is { } p)
                    p.Put();
            }

            public static void NullOk5()
            {
                Mm.PutPage(Mm.FindGetPage(1));
            }

            public static void NullOk6()
            {
                Mm.FindGetPage(1)?.Put();
            }

            public static void Overwrite()
            {
                var p = Mm.GetPage(1);
                p = Mm.GetPage(2); //~ MML5003
                p.Put();
            }

            public static void OverwriteNull()
            {
                var p = Mm.GetPage(1);
                p = null; //~ MML5003
            }

            public static void EarlyReturn(bool b)
            {
                var p = Mm.GetPage(1);
                if (b)
                    return; //~ MML5003
                p.Put();
            }

            public static void Throw(bool b)
            {
                var p = Mm.GetPage(1);
                if (b)
                    throw new Exception();
                p.Put();
            }

            public static void Finally()
            {
                var p = Mm.GetPage(1);
                try
                {
                    s = p.Flags;
                }
                finally
                {
                    p.Put();
                }
            }

            public static void FinallyCond()
            {
                Page p = null;
                try
                {
                    p = Mm.FindGetPage(1);
                    s++;
                }
                finally
                {
                    if (p != null)
                        p.Put();
                }
            }

            public static void FinallyCond2()
            {
                Page p = null;
                try
                {
                    p = Mm.FindGetPage(1);
                    s++;
                }
                finally
                {
                    p?.Put();
                }
            }

            public static void Loop(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.GetPage(i);
                    if (i == 3)
                        continue;
                    p.Put();
                } //~ MML5003
            }

            public static void LoopOk(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindGetPage(i);
                    if (p == null)
                        continue;
                    p.Put();
                }
            }

            public static void LoopBreak(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.GetPage(i);
                    if (i == 3)
                        break;
                    p.Put();
                }
            } //~ MML5003

            public static void LoopPrev(int n)
            {
                Page prev = null;
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.GetPage(i);
                    if (prev != null)
                        prev.Put();
                    prev = p;
                }

                if (prev != null)
                    prev.Put();
            }

            public static void LoopPrevLeak(int n)
            {
                Page prev = null;
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.GetPage(i);
                    if (prev != null)
                        prev.Put();
                    prev = p;
                }
            } //~ MML5003

            public static void Memcgs(Memcg root)
            {
                Memcg m = null;
                while ((m = Mm.Iter(root, m)) != null)
                {
                    Mm.Reclaim(m);
                }
            }

            public static void MemcgsFor(Memcg root)
            {
                for (var m = Mm.Iter(root, null); m != null; m = Mm.Iter(root, m))
                    Mm.Reclaim(m);
            }

            public static void MemcgsBreak(Memcg root)
            {
                for (var m = Mm.Iter(root, null); m != null; m = Mm.Iter(root, m))
                {
                    if (m.Id == 3)
                    {
                        Mm.IterBreak(root, m);
                        break;
                    }
                }
            }

            public static void MemcgsBreakLeak(Memcg root)
            {
                for (var m = Mm.Iter(root, null); m != null; m = Mm.Iter(root, m))
                {
                    if (m.Id == 3)
                        break;
                }
            } //~ MML5003

            public static void MemcgsReturnLeak(Memcg root)
            {
                for (var m = Mm.Iter(root, null); m != null; m = Mm.Iter(root, m))
                {
                    if (m.Id == 3)
                        return; //~ MML5003
                }
            }
        }
        """);

    [Fact]
    public Task HandedOn_InEveryForm() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public class Holder
        {
            public Page P;
            public Page Q { get; set; }

            public Holder()
            {
            }

            public Holder(Page p)
            {
                P = p;
            }
        }

        public record PageRec(Page P, int N);
        public static class Story
        {
            static Page kept;
            static int s;
            static readonly List<Page> list = new();
            static readonly Dictionary<int, Page> map = new();
            static Action later;
            [return: AcquiresRef]
            public static Page Ret()
            {
                var p = Mm.GetPage(1);
                return p;
            }

            public static Page RetUnann()
            {
                var p = Mm.GetPage(1);
                return p;
            }

            public static void Store()
            {
                kept = Mm.GetPage(1);
            }

            public static void StoreList()
            {
                list.Add(Mm.GetPage(1));
            }

            public static void StoreMap()
            {
                map[1] = Mm.GetPage(1);
            }

            public static Holder StoreInit()
            {
                return new Holder
                {
                    P = Mm.GetPage(1)
                };
            }

            public static PageRec StoreRec() => new(Mm.GetPage(1), 2);
            public static (Page, int) StoreTuple() => (Mm.GetPage(1), 2);

            public static void TupleLocal()
            {
                var t = (Mm.GetPage(1), 2);
                t.Item1.Put();
            }

            public static void TupleDecon()
            {
                var(p, n) = (Mm.GetPage(1), 2);
                p.Put();
            }

            public static void TupleDeconLeak()
            {
                var(p, n) = (Mm.GetPage(1), 2);
                s = n;
            } //~ MML5003

            public static void Collect()
            {
                var l = new List<Page>
                {
                    Mm.GetPage(1),
                    Mm.GetPage(2)
                };
                foreach (var p in l)
                    p.Put();
            }

            public static void CollectExpr()
            {
                Page[] l = [Mm.GetPage(1), Mm.GetPage(2)];
                foreach (var p in l)
                    p.Put();
            }

            public static void Capture()
            {
                var p = Mm.GetPage(1);
                later = () => p.Put();
            }

            public static void CaptureTask()
            {
                var p = Mm.GetPage(1);
                Task.Run(() =>
                {
                    s = p.Flags;
                    p.Put();
                });
            }

            public static IEnumerable<Page> Yield()
            {
                yield return Mm.GetPage(1);
            }

            public static void OutP(out Page p)
            {
                p = Mm.GetPage(1);
            }

            public static void RefP(ref Page p)
            {
                p = Mm.GetPage(1);
            }

            public static void SwitchEx(int k)
            {
                var p = k switch
                {
                    0 => Mm.GetPage(1),
                    1 => Mm.GetPage(2),
                    _ => null
                };
                p?.Put();
            }

            public static void SwitchExLeak(int k)
            {
                var p = k switch
                {
                    0 => Mm.GetPage(1),
                    _ => Mm.GetPage(2)};
                s = p.Flags;
            } //~ MML5003

            public static void Tern(bool b)
            {
                var p = b ? Mm.GetPage(1) : null;
                if (p != null)
                    p.Put();
            }

            public static void Coal()
            {
                var p = Mm.FindGetPage(1) ?? Mm.GetPage(2);
                p.Put();
            }

            public static void CoalLeak()
            {
                var p = Mm.FindGetPage(1) ?? Mm.GetPage(2);
                s = p.Flags;
            } //~ MML5003

            public static void RefLocal()
            {
                var p = Mm.GetPage(1);
                ref var r = ref p;
                r.Put();
            }

            public static void RefLocalUse()
            {
                var p = Mm.GetPage(1);
                ref var r = ref p;
                p.Put();
                s = r.Flags; //~ MML5001
            }

            public static void LocalFn()
            {
                var p = Mm.GetPage(1);
                Done();
                void Done() => p.Put();
            }

            public static void LamNow()
            {
                var p = Mm.GetPage(1);
                Action a = () => p.Put();
                a();
            }

            public static async Task Async()
            {
                var p = Mm.GetPage(1);
                await Task.Yield();
                p.Put();
            }

            public static async Task AsyncLeak()
            {
                var p = Mm.GetPage(1);
                await Task.Yield();
                s = p.Flags;
            } //~ MML5003

            public static void Goto(int k)
            {
                var p = Mm.GetPage(1);
                if (k == 1)
                    goto fail;
                s++;
                fail:
                    p.Put();
            }

            public static void GotoLeak(int k)
            {
                var p = Mm.GetPage(1);
                if (k == 1)
                    goto fail;
                p.Put();
                fail:
                    ;
            } //~ MML5003
        }
        """);

    [Fact]
    public Task ContractsOfBodies_AreKept() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            static Page cache;
            [return: AcquiresRef]
            public static Page MakeOk() => Mm.GetPage(1);

            [return: AcquiresRef]
            public static Page MakeNull(bool b)
            {
                if (b)
                    return null;
                return Mm.FindGetPage(1);
            }

            [return: AcquiresRef]
            public static Page MakeBad()
            {
                var p = Mm.FindOnList();
                return p; //~ MML2009
            }

            [return: AcquiresRef]
            public static Page MakeBorrow(Page p)
            {
                return p; //~ MML2009
            }

            [return: AcquiresRef]
            public static Page MakeBorrowGet(Page p)
            {
                p.Get();
                return p;
            }

            [return: AcquiresRef]
            public static Page MakeTwice()
            {
                var p = Mm.GetPage(1);
                p.Get();
                return p; //~ MML5003
            }

            [return: AcquiresRef]
            public static Page MakePut()
            {
                var p = Mm.GetPage(1);
                p.Put();
                return p; //~ MML2009 MML5001
            }

            public static void EatOk([ReleasesRef] Page p)
            {
                p.Put();
            }

            public static void EatBad([ReleasesRef] Page p)
            {
                s = p.Flags;
            } //~ MML2009

            public static void EatSome([ReleasesRef] Page p, bool b)
            {
                if (b)
                    return; //~ MML2009
                p.Put();
            }

            public static void EatStore([ReleasesRef] Page p)
            {
                cache = p;
            }

            public static void EatList([ReleasesRef] Page p, List<Page> l)
            {
                l.Add(p);
            }

            public static void EatPass([ReleasesRef] Page p)
            {
                EatOk(p);
            }

            public static void EatTwice([ReleasesRef] Page p)
            {
                p.Put();
                p.Put(); //~ MML5001
            }

            public static void EatNull([ReleasesRef] Page p)
            {
                if (p != null)
                    p.Put();
            }

            public static void EatNull2([ReleasesRef] Page p)
            {
                p?.Put();
            }

            public static void EatUse([ReleasesRef] Page p)
            {
                p.Put();
                s = p.Flags; //~ MML5001
            }

            public static void EatFinally([ReleasesRef] Page p)
            {
                try
                {
                    s = p.Flags;
                }
                finally
                {
                    p.Put();
                }
            }

            public static bool EatOn([ReleasesRef(On = Outcome.True)] Page p)
            {
                if (s == 1)
                {
                    p.Put();
                    return true;
                }

                return false;
            }

            public static bool EatOnBad([ReleasesRef(On = Outcome.True)] Page p)
            {
                if (s == 1)
                {
                    p.Put();
                    return false;
                }

                return true; //~ MML2009
            }

            public static bool TryOk([TryAcquiresRef] Page p)
            {
                return p.TryGet();
            }

            public static bool TryOk2([TryAcquiresRef] Page p)
            {
                if (!p.TryGet())
                    return false;
                return true;
            }

            public static bool TryBad([TryAcquiresRef] Page p)
            {
                if (p.TryGet())
                    return false; //~ MML5003
                return true; //~ MML2009
            }

            public static bool TryNothing([TryAcquiresRef] Page p)
            {
                return true; //~ MML2009
            }

            public static void GetOk([AcquiresRef] Page p)
            {
                p.Get();
            }

            public static void GetBad([AcquiresRef] Page p)
            {
            } //~ MML2009

            public static void GetTwice([AcquiresRef] Page p)
            {
                p.Get();
                p.Get();
            } //~ MML5003

            [return: AcquiresRef]
            public static Memcg IterOk(Memcg root, [ReleasesRef] Memcg prev)
            {
                var next = Mm.Iter(root, prev);
                return next;
            }

            public static bool OutOk(int i, [TryAcquiresRef] out Page p)
            {
                p = Mm.FindGetPage(i);
                return p != null;
            }

            public static bool OutBad(int i, [TryAcquiresRef] out Page p)
            {
                p = Mm.FindOnList();
                return p != null; //~ MML2009
            }

            [return: Unreferenced]
            public static Page Weak()
            {
                var p = Mm.GetPage(1);
                p.Put();
                return p;
            }

            public static void Excl([MustNotHoldRef] Page p)
            {
                Mm.WaitForMigration(p);
            }

            public static void Must([MustHoldRef] Page p)
            {
                Mm.Use(p);
                s = p.State;
            }

            public static void MustPut([MustHoldRef] Page p)
            {
                p.Put(); //~ MML5002
            }
        }
        """);

    [Fact]
    public Task VirtualCallsAndBatches_CarryContracts() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public abstract class Store
        {
            [return: AcquiresRef]
            public abstract Page Find(int i);
            public abstract void Put([ReleasesRef] Page p);
            public virtual bool Try([TryAcquiresRef] Page p) => p.TryGet();

            [MustHoldRef]
            public virtual void Self()
            {
            }
        }

        public class StoreImpl : Store
        {
            public override Page Find(int i)
            {
                var p = Mm.GetPage(i);
                return p;
            }

            public override void Put(Page p)
            {
                p.Put();
            }

            public override bool Try(Page p)
            {
                return p.TryGet();
            }
        }

        public class Batch
        {
            public Page[] Pages = new Page[15];
            public int Nr;
            public void Add([ReleasesRef] Page p)
            {
                Pages[Nr++] = p;
            }

            public void AddBorrow(Page p)
            {
                p.Get();
                Pages[Nr++] = p;
            }

            public void AddLeak([ReleasesRef] Page p)
            {
                Nr++;
            } //~ MML2009

            public void Release()
            {
                for (int i = 0; i < Nr; i++)
                    Pages[i].Put();
                Nr = 0;
            }
        }

        public class Slot2
        {
            public Page Current;
            [Unreferenced]
            public Page Weak;
            public readonly SpinLock Lock = new();
            [return: AcquiresRef]
            public Page Take()
            {
                Lock.Lock();
                var p = Current;
                Current = null;
                Lock.Unlock();
                return p;
            }

            [return: AcquiresRef]
            public Page GetRef()
            {
                Lock.Lock();
                var p = Current;
                if (p != null)
                    p.Get();
                Lock.Unlock();
                return p;
            }
        }

        public delegate void Eater([ReleasesRef] Page p);
        public delegate void Looker(Page p);
        public static class Story
        {
            static int s;
            static readonly Slot2 slot = new();
            static readonly Batch batch = new();
            public static void EatOne([ReleasesRef] Page p)
            {
                p.Put();
            }

            public static void Virt(Store st)
            {
                var p = st.Find(1);
                st.Put(p);
            }

            public static void VirtLeak(Store st)
            {
                var p = st.Find(1);
                s = p.Flags;
            } //~ MML5003

            public static void VirtUaf(Store st)
            {
                var p = st.Find(1);
                st.Put(p);
                s = p.Flags; //~ MML5001
            }

            public static void VirtImpl(StoreImpl st)
            {
                var p = st.Find(1);
                st.Put(p);
            }

            public static void VirtTry(Store st, Page p)
            {
                if (st.Try(p))
                    p.Put();
            }

            public static void VirtTryLeak(Store st, Page p)
            {
                if (st.Try(p))
                    s++;
            } //~ MML5003

            public static void BatchOk()
            {
                batch.Add(Mm.GetPage(1));
            }

            public static void BatchUaf()
            {
                var p = Mm.GetPage(1);
                batch.Add(p);
                s = p.Flags; //~ MML5001
            }

            public static void BatchBorrow(Page p)
            {
                batch.AddBorrow(p);
            }

            public static void BatchBorrowLeak()
            {
                var p = Mm.GetPage(1);
                batch.AddBorrow(p);
            } //~ MML5003

            public static void SlotTake()
            {
                var p = slot.Take();
                p?.Put();
            }

            public static void SlotTakeLeak()
            {
                var p = slot.Take();
                s = p == null ? 0 : 1;
            } //~ MML5003

            public static void SlotGet()
            {
                var p = slot.GetRef();
                if (p == null)
                    return;
                s = p.Flags;
                p.Put();
            }

            public static void WeakUse()
            {
                var p = slot.Weak;
                Mm.Use(p); //~ MML5002
            }

            public static void WeakTry()
            {
                var p = slot.Weak;
                if (p != null && p.TryGet())
                {
                    Mm.Use(p);
                    p.Put();
                }
            }

            public static void WeakStore()
            {
                var p = Mm.GetPage(1);
                slot.Weak = p;
            } //~ MML5003

            public static void WeakStorePut()
            {
                var p = Mm.GetPage(1);
                slot.Weak = p;
                p.Put();
            }

            public static void Delegate(Eater e)
            {
                var p = Mm.GetPage(1);
                e(p);
            }

            public static void DelegateLook(Looker e)
            {
                var p = Mm.GetPage(1);
                e(p);
            } //~ MML5003

            public static Eater DelegateMake() => p => p.Put();

            public static Eater DelegateMakeBad() => p =>
            {
            }; //~ MML2009
            public static Eater DelegateGroup() => EatOne;
            public static Looker DelegateGroupBad() => EatOne; //~ MML2012
        }
        """);

    [Fact]
    public Task ScansAndLoops_AsTheKernelDoesThem() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public delegate void Eater([ReleasesRef] Page p);
        public delegate void Looker(Page p);
        public static class Story
        {
            static int s;
            public static void Pages(int n)
            {
                var pages = new Page[n];
                for (int i = 0; i < n; i++)
                    pages[i] = Mm.FindGetPage(i);
                for (int i = 0; i < n; i++)
                    if (pages[i] != null)
                        pages[i].Put();
            }

            public static void Scan(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindOnList();
                    if (p == null)
                        continue;
                    if (!p.TryGet())
                        continue;
                    if (!p.TryLockPage())
                    {
                        p.Put();
                        continue;
                    }

                    p.Lock.Unlock(); //~ MML2005
                    p.Put();
                }
            }

            public static void ScanLeak(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindOnList();
                    if (p == null)
                        continue;
                    if (!p.TryGet())
                        continue;
                    if (p.Flags == 3)
                        continue;
                    p.Put();
                } //~ MML5003
            }

            public static void Best(int n)
            {
                Page best = null;
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindGetPage(i);
                    if (p == null)
                        continue;
                    if (best == null || p.Flags > best.Flags)
                    {
                        best?.Put();
                        best = p;
                    }
                    else
                        p.Put();
                }

                best?.Put();
            }

            public static void BestLeak(int n)
            {
                Page best = null;
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindGetPage(i);
                    if (p == null)
                        continue;
                    if (best == null)
                        best = p;
                } //~ MML5003

                best?.Put();
            }

            public static Page First(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var p = Mm.FindGetPage(i);
                    if (p == null)
                        continue;
                    if (p.Flags == 3)
                        return p;
                    p.Put();
                }

                return null;
            }

            public static void Retry()
            {
                again:
                    var p = Mm.FindGetPage(1);
                if (p == null)
                    return;
                if (p.Flags == 1)
                {
                    p.Put();
                    goto again;
                }

                p.Put();
            }

            public static void RetryLeak()
            {
                again:
                    var p = Mm.FindGetPage(1); //~ MML5003
                if (p == null)
                    return;
                if (p.Flags == 1)
                {
                    goto again;
                }

                p.Put();
            }

            public static void Labels(int k)
            {
                var p = Mm.GetPage(1);
                if (k == 1)
                    goto put;
                var q = Mm.FindGetPage(2);
                if (q == null)
                    goto put;
                q.Put();
                put:
                    p.Put();
            }

            public static void FlagRef(bool want)
            {
                Page p = null;
                bool got = false;
                if (want)
                {
                    p = Mm.GetPage(1);
                    got = true;
                }

                s++;
                if (got)
                    p.Put();
            }

            public static void FlagRefLeak(bool want)
            {
                Page p = null;
                bool got = false;
                if (want)
                {
                    p = Mm.GetPage(1);
                }

                s++;
                if (got)
                    p.Put();
            } //~ MML5003

            public static void TryFinNull(bool b)
            {
                Page p = null;
                try
                {
                    if (b)
                        p = Mm.GetPage(1);
                    s++;
                }
                finally
                {
                    if (p is not null)
                        p.Put();
                }
            }

            public static void TryCatch()
            {
                var p = Mm.GetPage(1);
                try
                {
                    s = p.Flags;
                    Mm.Look(p);
                }
                catch
                {
                    p.Put();
                    throw;
                }

                p.Put();
            }

            public static void TryCatchLeak()
            {
                var p = Mm.GetPage(1);
                try
                {
                    Mm.Look(p);
                }
                catch (Exception)
                {
                    return; //~ MML5003
                }

                p.Put();
            }

            public static void Filter()
            {
                var p = Mm.GetPage(1);
                try
                {
                    Mm.Look(p);
                }
                catch (Exception)when (p.Flags == 1)
                {
                }
                finally
                {
                    p.Put();
                }
            }

            public static void NestedFin()
            {
                var p = Mm.GetPage(1);
                try
                {
                    var q = Mm.GetPage(2);
                    try
                    {
                        s++;
                    }
                    finally
                    {
                        q.Put();
                    }
                }
                finally
                {
                    p.Put();
                }
            }

            public static void NestedFinSwap()
            {
                var p = Mm.GetPage(1);
                try
                {
                    var q = Mm.GetPage(2);
                    try
                    {
                        s++;
                    }
                    finally
                    {
                        p.Put();
                    }
                }
                finally
                {
                    p.Put(); //~ MML5001
                }
            } //~ MML5003

            public static void Swap()
            {
                var p = Mm.GetPage(1);
                var q = Mm.GetPage(2);
                (p, q) = (q, p);
                p.Put();
                q.Put();
            }

            public static void SwapBad()
            {
                var p = Mm.GetPage(1);
                var q = Mm.GetPage(2);
                (p, q) = (q, p);
                p.Put();
                p.Put(); //~ MML5001
            } //~ MML5003

            public static void SwapTemp()
            {
                var p = Mm.GetPage(1);
                var q = Mm.GetPage(2);
                var t = p;
                p = q;
                q = t;
                p.Put();
                q.Put();
            }

            public static void Alias(bool b)
            {
                var p = Mm.GetPage(1);
                var q = b ? p : null;
                if (q != null)
                    q.Put();
                else
                    p.Put();
            }

            public static void SameTwice()
            {
                var p = Mm.FindGetPage(1);
                var q = Mm.FindGetPage(1);
                if (p == q)
                {
                    p?.Put();
                    q?.Put();
                    return;
                }

                p?.Put();
                q?.Put();
            }

            public static void PrevNext(Memcg root)
            {
                Memcg prev = null;
                for (;;)
                {
                    var m = Mm.Iter(root, prev);
                    prev = m;
                    if (m == null)
                        break;
                    if (m.Id == 3)
                    {
                        Mm.IterBreak(root, m);
                        break;
                    }
                }
            }

            public static async Task AsyncTry()
            {
                var p = Mm.FindOnList();
                if (p == null || !p.TryGet())
                    return;
                try
                {
                    await Task.Yield();
                    Mm.Use(p);
                }
                finally
                {
                    p.Put();
                }
            }

            public static IEnumerable<int> Iter()
            {
                var p = Mm.GetPage(1);
                try
                {
                    yield return p.Flags;
                }
                finally
                {
                    p.Put();
                }
            }

            public static IEnumerable<int> IterLeak()
            {
                var p = Mm.GetPage(1);
                yield return p.Flags;
            } //~ MML5003

            public static IEnumerable<int> IterUaf()
            {
                var p = Mm.GetPage(1);
                p.Put();
                yield return p.Flags; //~ MML5001
            }

            public static void Lambda(List<int> l)
            {
                var p = Mm.GetPage(1);
                l.ForEach(i => s += p.Flags);
                p.Put();
            }

            public static void LambdaUaf(List<int> l)
            {
                var p = Mm.GetPage(1);
                p.Put();
                l.ForEach(i => s += p.Flags); //~ MML5001
            }

            public static void LambdaGet(List<int> l)
            {
                Page p = null;
                l.ForEach(i => p = Mm.GetPage(i));
                p?.Put();
            }

            static void Done(Page p)
            {
                p.Put(); //~ MML5002
            }

            public static void ViaPrivate()
            {
                var p = Mm.GetPage(1);
                Done(p);
            } //~ MML5003

            static Page Lookup() => Mm.FindGetPage(1);
            public static void ViaPrivateRet()
            {
                var p = Lookup();
                p?.Put();
            }

            public static void ViaPrivateRetLeak()
            {
                var p = Lookup();
                s = p.Flags;
            }

            static void Touch(Page p)
            {
                Mm.Use(p);
            }

            public static void ViaTouch()
            {
                Touch(Mm.FindOnList());
            }

            public static void LocalUaf()
            {
                var p = Mm.GetPage(1);
                p.Put();
                T();
                void T() => s = p.Flags;
            }

            static void Borrower(Page p)
            {
                s = p.Flags;
            }

            public static Eater DelegateGroupShort() => Borrower; //~ MML2012

            public static void SwapBadLeak()
            {
                var p = Mm.GetPage(1);
                var q = Mm.GetPage(2);
                (p, q) = (q, null); //~ MML5003
                p.Put();
            }

            public static void SameTwiceLeak()
            {
                var p = Mm.FindGetPage(1);
                var q = Mm.FindGetPage(1);
                if (p == q)
                {
                    p?.Put();
                    return; //~ MML5003
                }

                p?.Put();
                q?.Put();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheObjectAndWhereItWasTaken() => Verify.Spans("""
        using MmLock;
        [RefCounted, NoLockAnalysis("primitive")]
        class Page
        {
            public int Flags;
            [return: AcquiresRef] public static Page Find() => new();
        }
        class Story
        {
            public int M()
            {
                var page = {|#1:Page.Find()|};
                {|#0:return page.Flags;|}
            }
        }
        """, Verify.Finding("MML5003").At(0).WithPlaces(1).WithMessage("The reference to 'page' is lost: it is neither released nor handed on"));

    [Fact]
    public Task HandedOn_InOtherWays_IsSilent() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        class Story
        {
            public Page? kept;
            Action? later;

            public void CapturedLater()
            {
                var page = Mm.GetPage(1);
                later = () => page.Put();
            }

            public void CapturedPassed()
            {
                var page = Mm.GetPage(1);
                ThreadPool.QueueUserWorkItem(_ => page.Put());
            }

            public void LocalFunctionPuts(bool a)
            {
                var page = Mm.GetPage(1);
                if (a)
                {
                    Cleanup();
                    return;
                }
                Cleanup();
                void Cleanup() => page.Put();
            }

            public (Page, int) Tuple()
            {
                var page = Mm.GetPage(1);
                return (page, 1);
            }

            public Page? Conditional(bool ok)
            {
                var page = Mm.GetPage(1);
                return ok ? page : null; //~ MML5003
            }

            public Page? ConditionalBoth(bool ok)
            {
                var page = Mm.FindGetPage(1);
                return ok && page != null ? page : Mm.GetPage(2); //~ MML5003
            }

            public Page Coalesced()
            {
                return Mm.FindGetPage(1) ?? Mm.GetPage(2);
            }

            public IEnumerable<Page> Yielded()
            {
                for (int i = 0; i < 3; i++)
                {
                    var page = Mm.GetPage(i);
                    yield return page;
                }
            }

            public void Exchanged()
            {
                var page = Mm.GetPage(1);
                var old = Interlocked.Exchange(ref kept, page);
                old?.Put();
            }

            public void Pattern()
            {
                if (Mm.FindGetPage(1) is { } page)
                    page.Put();
            }

            public void PatternNot()
            {
                if (Mm.FindGetPage(1) is not { } page)
                    return;
                page.Put();
            }

            public void PatternLeak()
            {
                if (Mm.FindGetPage(1) is { } page)
                    page.Dump();
            } //~ MML5003

            public void RetryLoop()
            {
                while (true)
                {
                    var page = Mm.FindGetPage(1);
                    if (page == null)
                        break;
                    if (!page.TryLockPage())
                    {
                        page.Put();
                        continue;
                    }
                    page.Put();
                    return;
                }
            }

            public void GotoRetry()
            {
            again:
                var page = Mm.FindGetPage(1);
                if (page == null)
                    return;
                if (!page.TryLockPage())
                {
                    page.Put();
                    goto again;
                }
                page.Put();
            }

            public int Catch(Action work)
            {
                var page = Mm.GetPage(1);
                try
                {
                    work();
                }
                catch (Exception)
                {
                    return -1; //~ MML5003
                }
                page.Put();
                return 0;
            }

            public void ManyGets(Page page, int n)
            {
                for (int i = 0; i < n; i++)
                    page.Get();
                for (int i = 0; i < n; i++)
                    page.Put(); //~? MML5002
            } //~? MML5003

            public void Discarded() { Mm.GetPage(1); } //~ MML5003

            public void DiscardedUnderscore() { _ = Mm.GetPage(1); } //~ MML5003

            public void UsedInPlace() { Mm.Use(Mm.GetPage(1)); } //~ MML5003

            public void ConsumedInPlace() => Mm.PutPage(Mm.GetPage(1));

            public void PutInPlace() => Mm.GetPage(1).Put();

            public int Switch(int kind)
            {
                var page = Mm.GetPage(1);
                switch (kind)
                {
                    case 0:
                        page.Put();
                        return 0;
                    case 1:
                        Mm.PutAndWait(page);
                        break;
                    case 2:
                        return 2; //~ MML5003
                    default:
                        page.Put();
                        break;
                }
                return 1;
            }

            public void ArrayFill(Page[] pages)
            {
                for (int i = 0; i < pages.Length; i++)
                    pages[i] = Mm.GetPage(i);
                foreach (var page in pages)
                    page.Put();
            }

            public void LocalArray()
            {
                var pages = new Page[3];
                for (int i = 0; i < pages.Length; i++)
                    pages[i] = Mm.GetPage(i);
                foreach (var page in pages)
                    page.Put();
            }

            public void ObjectInitializer()
            {
                var holder = new Holder { Page = Mm.GetPage(1) };
                Mm.Look(holder.Page);
            }

            public void Captured_ByWhatRunsHere()
            {
                var page = Mm.GetPage(1);
                Run(() => page.Dump());
                page.Put();
            }

            public static void Run([InvokedHere] Action work) => work();

            public object NewWrapper()
            {
                var page = Mm.GetPage(1);
                return new Wrapper(page);
            } //~? MML5003
        }
        class Holder { public Page? Page; }
        class Wrapper { public Wrapper([ReleasesRef] Page page) { Page = page; } public Page Page; }
        """);

    [Fact]
    public Task FormsOfContracts_AreUnderstood() => Marked("""
        using System;
        enum Result { Keep, Success, Activate }
        [RefCounted]
        class Css : IDisposable
        {
            int count;
            [AcquiresRef] public Css() { count = 1; }
            [AcquiresRef] public void Get() { count++; }
            [TryAcquiresRef] public bool TryGet() { if (count == 0) return false; count++; return true; }
            [ReleasesRef] public void Put() { if (--count == 0) Free(); }
            [ReleasesRef] public void Dispose() => Put(); //~? MML2012
            public void Free() { }
            public int Id;
        }
        interface ISource { [return: AcquiresRef] Css Open(); void Close([ReleasesRef] Css css); }
        class Source : ISource
        {
            public Css Open() => new Css();
            public void Close(Css css) => css.Put();
        }
        static class Ext
        {
            [NoLockAnalysis("x")] public static void GetExt([AcquiresRef] this Css css) { }
            [NoLockAnalysis("x")] public static void PutExt([ReleasesRef] this Css css) { }
            [NoLockAnalysis("x")] public static Result PageOut([ReleasesRef(OnValue = "Success")] Css css) => Result.Keep;
            [NoLockAnalysis("x")] public static void TryOut([TryAcquiresRef(Result = "ok")] Css css, out bool ok) { ok = true; }
            [NoLockAnalysis("x")] public static Css? TryNotNull([TryAcquiresRef(On = Outcome.NotNull)] Css css) => css;
            [NoLockAnalysis("x")] public static int GetErr([TryAcquiresRef(On = Outcome.Zero)] Css css) => 0;
        }
        class Story
        {
            public void New()
            {
                var css = new Css();
                css.Put();
            }
            public void NewLeaked()
            {
                var css = new Css();
                int id = css.Id;
            } //~ MML5003
            public void Using()
            {
                using var css = new Css();
                int id = css.Id;
            }
            public void UsingBlock(ISource source)
            {
                using (var css = source.Open())
                {
                    int id = css.Id;
                }
            }
            public void Interface(ISource source)
            {
                var css = source.Open();
                source.Close(css);
            }
            public void InterfaceLeak(ISource source)
            {
                var css = source.Open();
            } //~ MML5003
            public void Inherited(Source source)
            {
                var css = source.Open();
                source.Close(css);
                int id = css.Id; //~ MML5001
            }
            public void Extension(Css css)
            {
                css.GetExt();
                css.PutExt();
            }
            public void ExtensionLeak(Css css)
            {
                css.GetExt();
            } //~ MML5003
            public void OnValue(ISource source)
            {
                var css = source.Open();
                switch (Ext.PageOut(css))
                {
                    case Result.Success:
                        break;
                    default:
                        css.Put();
                        break;
                }
            }
            public void OnValueIf(ISource source)
            {
                var css = source.Open();
                var result = Ext.PageOut(css);
                if (result == Result.Success)
                    return;
                css.Put();
            }
            public void OnValueWrong(ISource source)
            {
                var css = source.Open();
                if (Ext.PageOut(css) != Result.Success)
                    return; //~ MML5003
                css.Put(); //~ MML5001
            }
            public void ByOut([Unreferenced] Css css)
            {
                Ext.TryOut(css, out bool ok);
                if (ok)
                    css.Put();
            }
            public void ByOutWrong([Unreferenced] Css css)
            {
                Ext.TryOut(css, out bool ok);
                if (!ok)
                    css.Put(); //~ MML5002
                else
                    css.PutExt();
            }
            public void NotNull([Unreferenced] Css css)
            {
                if (Ext.TryNotNull(css) != null)
                    css.Put();
            }
            public int Errno([Unreferenced] Css css)
            {
                int err = Ext.GetErr(css);
                if (err != 0)
                    return err;
                css.Put();
                return 0;
            }
            public int ErrnoWrong([Unreferenced] Css css)
            {
                int err = Ext.GetErr(css);
                if (err != 0)
                {
                    css.Put(); //~ MML5002
                    return err;
                }
                return 0; //~ MML5003
            }
        }
        """);

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RefSources.Data);
}
