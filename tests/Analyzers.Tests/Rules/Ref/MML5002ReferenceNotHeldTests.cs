using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Ref;

/// <summary>A call needs a reference that was never taken, or only tried.</summary>
public sealed class MML5002ReferenceNotHeldTests
{
    [Fact]
    public Task Unreferenced_IsReported() => Marked("""
        class Story
        {
            public void Required()
            {
                var page = Mm.FindOnList();
                if (page != null)
                    Mm.Use(page); //~ MML5002
            }

            // Variant 1c: trylock_page before get_page_unless_zero.
            public void TryLockBeforeTheReference()
            {
                var page = Mm.FindOnList();
                if (page != null && page.TryLockPage()) //~ MML5002
                {
                    if (page.TryGet())
                        page.Put();
                }
            }

            public int PropertyRequires()
            {
                var page = Mm.FindOnList();
                return page!.State; //~ MML5002
            }

            public void Put()
            {
                var page = Mm.FindOnList();
                page!.Put(); //~ MML5002
            }

            public void PutByArgument()
            {
                var page = Mm.FindOnList();
                if (page != null)
                    Mm.PutPage(page); //~ MML5002
            }

            // Variant 2d: the result of get_page_unless_zero is not looked at.
            public void TriedOnly()
            {
                var page = Mm.FindOnList();
                bool got = page!.TryGet();
                Mm.WaitOnPage(page); //~ MML5002
                if (got)
                    page.Put();
            }

            public void TryFailed()
            {
                var page = Mm.FindOnList();
                if (!page!.TryGet())
                {
                    Mm.Use(page); //~ MML5002
                    return;
                }
                page.Put();
            }

            public void FailedOnZero()
            {
                var page = Mm.FindOnList();
                if (Mm.TryIsolate(page!) != 0)
                {
                    Mm.Use(page!); //~ MML5002
                    return;
                }
                Mm.Use(page!);
                page!.Put();
            }

            public void OnSomePaths(bool careful)
            {
                var page = Mm.FindOnList();
                bool got = false;
                if (careful)
                    got = page!.TryGet();
                Mm.Use(page!); //~ MML5002
                if (got)
                    page!.Put();
            }

            public void PutUnderTheWrongFlag(bool other)
            {
                var page = Mm.FindOnList();
                bool got = page!.TryGet();
                if (other)
                    page.Put(); //~ MML5002
                else if (got)
                    page.Put();
            } //~? MML5003
        }
        """);

    [Fact]
    public Task BorrowedParameter_IsUsableAndNotReleasable() => Marked("""
        class Story
        {
            public void Used(Page page)
            {
                Mm.Use(page);
                page.TryLockPage();
                Mm.WaitOnPage(page);
            }

            public void Put(Page page)
            {
                page.Put(); //~ MML5002
            }

            public void PutByArgument(Page page)
            {
                Mm.PutPage(page); //~ MML5002
            }

            public void Consumed([ReleasesRef] Page page)
            {
                page.Put();
            }

            public void Wait(Page page)
            {
                Mm.PutAndWait(page); //~ MML5002
            }

            public void OnesOwn(Page page)
            {
                page.Get();
                page.Put();
            }

            public void OneTooMany(Page page)
            {
                page.Get();
                page.Put();
                page.Put(); //~ MML5002
            }

            public void TriedAndPut(Page page)
            {
                if (page.TryGet())
                    page.Put();
            }

            public void Unreferenced([Unreferenced] Page page)
            {
                Mm.Use(page); //~ MML5002
            }

            public void MustHold([MustHoldRef] Page page)
            {
                Mm.Use(page);
                page.Put(); //~ MML5002
            }
        }
        """);

    [Fact]
    public Task UnknownStanding_IsSilent() => Marked("""
        class Holder
        {
            public Page? Kept;
            public Page[] Many = new Page[2];
            public System.Collections.Generic.List<Page> List = new();
            [Unreferenced] public Page? Seen;
            [Unreferenced] public Page? SeenToo { get; set; }
        }

        class Story
        {
            public void FromAField(Holder holder)
            {
                Mm.Use(holder.Kept!);
                holder.Kept!.Put();
            }

            public void FromAnElement(Holder holder)
            {
                Mm.Use(holder.Many[0]);
                Mm.PutPage(holder.Many[1]);
            }

            public void FromACollection(Holder holder)
            {
                foreach (var page in holder.List)
                {
                    Mm.Use(page);
                    page.Put();
                }
                var first = holder.List[0];
                first.Put();
            }

            public void FromACall()
            {
                var page = Mm.Unknown();
                Mm.Use(page!);
            }

            public void SaidByTheField(Holder holder)
            {
                Mm.Use(holder.Seen!); //~ MML5002
                var seen = holder.SeenToo;
                Mm.Use(seen!); //~ MML5002
            }

            public void SaidByTheFieldAndTaken(Holder holder)
            {
                var seen = holder.Seen;
                if (seen == null || !seen.TryGet())
                    return;
                Mm.Use(seen);
                seen.Put();
            }
        }
        """);

    [Fact]
    public Task Owned_IsSilent() => Marked("""
        class Story
        {
            public void Found()
            {
                var page = Mm.FindGetPage(1);
                if (page == null)
                    return;
                Mm.Use(page);
                Mm.WaitOnPage(page);
                page.Put();
            }

            public void Tried()
            {
                var page = Mm.FindOnList();
                if (page == null)
                    return;
                if (!Mm.GetUnlessZero(page))
                    return;
                page.TryLockPage();
                Mm.Use(page);
                Mm.PutPage(page);
            }

            public void TakenByACall()
            {
                var page = Mm.FindOnList();
                Mm.Take(page!);
                Mm.Use(page!);
                page!.Put();
            }

            public void ByAnOutParameter()
            {
                if (!Mm.Lookup(1, out var page))
                    return;
                Mm.Use(page!);
                page!.Put();
            }

            public void Null()
            {
                Page? page = null;
                Mm.PutPage(page);
            }

            public void OwnThis() { }
        }
        """);

    [Fact]
    public Task FoundOrBorrowed_InEveryForm() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static int s;
            public static void Unref()
            {
                var p = Mm.FindOnList();
                Mm.Use(p); //~ MML5002
            }

            public static void UnrefLock()
            {
                var p = Mm.FindOnList();
                if (p != null && p.TryLockPage()) //~ MML5002
                    s++;
            }

            public static void UnrefProp()
            {
                var p = Mm.FindOnList();
                s = p.State; //~ MML5002
            }

            public static void UnrefPropPattern()
            {
                if (Mm.FindOnList()is { State: 3 }) //~ MML5002
                    s++;
            }

            public static void UnrefTry()
            {
                var p = Mm.FindOnList();
                if (p != null && p.TryGet())
                {
                    Mm.Use(p);
                    p.Put();
                }
            }

            public static void UnrefTryFail()
            {
                var p = Mm.FindOnList();
                if (p != null && !p.TryGet())
                {
                    Mm.Use(p); //~ MML5002
                    return;
                }

                p?.Put();
            }

            public static void UnrefTryIgnored()
            {
                var p = Mm.FindOnList();
                p.TryGet(); //~ MML2010
                Mm.Use(p); //~ MML5002
                p.Put(); //~ MML5002
            }

            public static void UnrefGet()
            {
                var p = Mm.FindOnList();
                p.Get();
                Mm.Use(p);
                p.Put();
            }

            public static void UnrefPut()
            {
                var p = Mm.FindOnList();
                p.Put(); //~ MML5002
            }

            public static void Borrow(Page p)
            {
                Mm.Use(p);
                p.TryLockPage();
            }

            public static void BorrowPut(Page p)
            {
                p.Put(); //~ MML5002
            }

            public static void BorrowGetPut(Page p)
            {
                p.Get();
                p.Put();
                Mm.Use(p);
            }

            public static void BorrowGetLeak(Page p)
            {
                p.Get();
            } //~ MML5003

            public static void Zero(Page p)
            {
                if (!Mm.GetUnlessZero(p))
                    return;
                p.Put();
            }

            public static void Isolate(Page p)
            {
                if (Mm.TryIsolate(p) != 0)
                    return;
                p.Put();
            }

            public static void IsolateBad(Page p)
            {
                if (Mm.TryIsolate(p) == 0)
                    return; //~ MML5003
                s++;
            }
        }
        """);

    [Fact]
    public Task FailedTry_TellsOfWhatNothingWasKnown() => Marked("""
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

        public static class Story
        {
            public static void UnknownTryFailed()
            {
                var p = Mm.Unknown();
                if (!p.TryGet())
                {
                    Mm.Use(p); //~ MML5002
                    return;
                }

                p.Put();
            }

            public static void FieldTryFailed(Holder h)
            {
                var p = h.P;
                if (!p.TryGet())
                {
                    Mm.Use(p); //~ MML5002
                    return;
                }

                p.Put();
            }

            public static void FieldTryGranted(Holder h)
            {
                var p = h.P;
                bool got = p.TryGet();
                Mm.Use(p); //~ MML5002
                if (got)
                    p.Put();
            }

            public static void FieldTryOk(Holder h)
            {
                var p = h.P;
                if (!p.TryGet())
                    return;
                Mm.Use(p);
                p.Put();
            }

            public static void FieldUse(Holder h)
            {
                Mm.Use(h.P);
                h.P.Put();
            }

            public static void FieldGetPut(Holder h)
            {
                h.P.Get();
                Mm.Use(h.P);
                h.P.Put();
            }

            public static void FieldGetLeak(Holder h)
            {
                h.P.Get();
            } //~ MML5003

            public static void TryPutFailed()
            {
                var p = Mm.Unknown();
                if (!p.TryGet())
                {
                    p.Put(); //~ MML5002
                    return;
                }

                p.Put();
            }

            public static void TryTwice(Holder h)
            {
                var p = h.P;
                if (!p.TryGet() && !p.TryGet())
                    return;
                p.Put();
            }

            public static void TryLoop(Holder h)
            {
                Page p;
                do
                {
                    p = h.P;
                }
                while (!p.TryGet());
                Mm.Use(p);
                p.Put();
            }

            public static void TryFailUseOther(Holder h, Page q)
            {
                var p = h.P;
                if (!p.TryGet())
                {
                    Mm.Use(q);
                    return;
                }

                p.Put();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheCalleeAndTheObject() => Verify.Spans("""
        using MmLock;
        [RefCounted, NoLockAnalysis("primitive")]
        class Page
        {
            [{|#2:MustHoldRef|}] public void TryLock() { }
            [return: Unreferenced] public static Page Find() => new();
        }
        class Story
        {
            public void M()
            {
                var page = {|#1:Page.Find()|};
                {|#0:page.TryLock()|};
            }
        }
        """, Verify.Finding("MML5002").At(0).WithPlaces(1, 2).WithMessage("Calling 'Page.TryLock' requires a reference to 'page', which is not held"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RefSources.Data);
}
