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

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RefSources.Data);
}
