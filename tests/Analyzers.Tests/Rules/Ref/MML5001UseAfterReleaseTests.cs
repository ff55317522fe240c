using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Ref;

/// <summary>An object is used after its reference was given up.</summary>
public sealed class MML5001UseAfterReleaseTests
{
    [Fact]
    public Task EveryUse_IsReported() => Marked("""
        class Story
        {
            public int Member()
            {
                var page = Mm.GetPage(1);
                page.Put();
                return page.Flags; //~ MML5001
            }

            public void Written()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page.Flags = 3; //~ MML5001
            }

            public void Called()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page.Dump(); //~ MML5001
            }

            public void Passed()
            {
                var page = Mm.GetPage(1);
                page.Put();
                Mm.Look(page); //~ MML5001
            }

            public void PutTwice()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page.Put(); //~ MML5001
            }

            public void Required()
            {
                var page = Mm.GetPage(1);
                page.Put();
                Mm.Use(page); //~ MML5001
            }

            public void TakenAgain()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page.Get(); //~ MML5001
                page.Put();
            }

            public void TriedAgain()
            {
                var page = Mm.GetPage(1);
                page.Put();
                if (page.TryGet()) //~ MML5001
                    page.Put();
            }

            public void ItsLock()
            {
                var page = Mm.GetPage(1);
                page.Lock.Lock();
                page.Put();
                page.Lock.Unlock(); //~ MML5001
            }

            public void ByAnArgument()
            {
                var page = Mm.GetPage(1);
                Mm.PutPage(page);
                page.Dump(); //~ MML5001
            }

            public void ByAnotherName()
            {
                var page = Mm.GetPage(1);
                var same = page;
                same.Put();
                page.Dump(); //~ MML5001
            }

            public void OnSomePaths(bool early)
            {
                var page = Mm.GetPage(1);
                if (early)
                    page.Put();
                page.Dump(); //~ MML5001
                if (!early)
                    page.Put();
            }

            public void InTheNextRound(int rounds)
            {
                var page = Mm.GetPage(1);
                for (int i = 0; i < rounds; i++)
                {
                    page.Dump(); //~ MML5001
                    page.Put(); //~ MML5001
                }
            } //~? MML5003

            public bool Matched()
            {
                var page = Mm.GetPage(1);
                page.Put();
                return page is { Flags: 3 }; //~ MML5001
            }

            public void Stored(Page[] where)
            {
                var page = Mm.GetPage(1);
                page.Put();
                where[0] = page; //~? MML5001
            }

            public int ConditionalAccess()
            {
                var page = Mm.FindGetPage(1);
                page?.Put();
                return page?.Flags ?? 0; //~ MML5001
            }
        }
        """);

    [Fact]
    public Task UseWhileAReferenceIsLeft_IsSilent() => Marked("""
        class Story
        {
            public void Twice()
            {
                var page = Mm.GetPage(1);
                page.Get();
                page.Put();
                page.Dump();
                page.Put();
            }

            public void Borrowed(Page page)
            {
                page.Get();
                page.Put();
                page.Dump();
            }

            public void NextPage(int rounds)
            {
                for (int i = 0; i < rounds; i++)
                {
                    var page = Mm.GetPage(i);
                    page.Dump();
                    page.Put();
                }
            }

            public void VariableReused()
            {
                var page = Mm.GetPage(1);
                page.Put();
                page = Mm.GetPage(2);
                page.Dump();
                page.Put();
            }

            public void NumberReadBefore()
            {
                var page = Mm.GetPage(1);
                int flags = page.Flags;
                page.Put();
                System.Console.WriteLine(flags);
            }

            public void ComparedOnly(Page other)
            {
                var page = Mm.GetPage(1);
                page.Put();
                if (page == other)
                    other.Dump();
            }

            public void Either(bool early)
            {
                var page = Mm.GetPage(1);
                if (early)
                {
                    page.Put();
                    return;
                }
                page.Dump();
                page.Put();
            }

            public void Failed()
            {
                var page = Mm.GetPage(1);
                if (!Mm.Submit(page))
                {
                    page.Dump();
                    page.Put();
                }
            }

            public void Submitted()
            {
                var page = Mm.GetPage(1);
                if (Mm.Submit(page))
                    page.Dump(); //~ MML5001
                else
                    page.Put();
            }
        }
        """);

    [Fact]
    public Task PutAndWait_LeavesNothingToTouch() => Marked("""
        // Variants 2b and 2c: after put_and_wait_on_page_locked not even the flags may be read.
        class Story
        {
            public void Right()
            {
                var page = Mm.GetPage(1);
                Mm.PutAndWait(page);
            }

            public int UsedAfter()
            {
                var page = Mm.GetPage(1);
                Mm.PutAndWait(page);
                return page.Flags; //~ MML5001
            }

            public void PutAfter()
            {
                var page = Mm.GetPage(1);
                Mm.PutAndWait(page);
                page.Put(); //~ MML5001
            }

            public void MigrationEntryWait()
            {
                var page = Mm.FindOnList();
                if (page == null || !page.TryGet())
                    return;
                Mm.PutAndWait(page);
            }

            public void OutcomeOfTheWait(Page[] pages)
            {
                foreach (var page in pages)
                {
                    if (!page.TryGet())
                        continue;
                    Mm.PutAndWait(page);
                }
            }
        }
        """);

    [Fact]
    public Task Reaches_WhatIsReadThroughIt() => Marked("""
        class Story
        {
            public int Through()
            {
                var page = Mm.GetPage(1);
                page.Put();
                return page.Next!.Flags; //~ MML5001
            }

            // What was read from a field before is of unknown standing.
            public int Before()
            {
                var page = Mm.GetPage(1);
                var next = page.Next;
                page.Put();
                return next!.Flags; //~? MML5001
            }
        }
        """);

    [Fact]
    public Task EveryWayToTouchIt() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            static Page kept;
            static int s;
            public static void Uaf()
            {
                var p = Mm.GetPage(1);
                p.Put();
                s = p.Flags; //~ MML5001
            }

            public static void UafCopy()
            {
                var p = Mm.GetPage(1);
                var q = p;
                p.Put();
                s = q.Flags; //~ MML5001
            }

            public static void UafCond(bool b)
            {
                var p = Mm.GetPage(1);
                if (b)
                    p.Put();
                s = p.Flags; //~ MML5001
                if (!b)
                    p.Put();
            }

            public static void UafArg()
            {
                var p = Mm.GetPage(1);
                p.Put();
                Mm.Look(p); //~ MML5001
            }

            public static void UafPattern()
            {
                var p = Mm.GetPage(1);
                p.Put();
                if (p is { Flags: 3 }) //~ MML5001
                    s++;
            }

            public static void UafCompare(Page q)
            {
                var p = Mm.GetPage(1);
                p.Put();
                if (p == q)
                    s++;
            }

            public static void UafReturn()
            {
            }

            public static Page UafRet()
            {
                var p = Mm.GetPage(1);
                p.Put();
                return p; //~ MML5001
            }

            public static void UafStore()
            {
                var p = Mm.GetPage(1);
                p.Put();
                kept = p; //~ MML5001
            }

            public static void DoublePut()
            {
                var p = Mm.GetPage(1);
                p.Put();
                p.Put(); //~ MML5001
            }

            public static void TwoRefs()
            {
                var p = Mm.GetPage(1);
                p.Get();
                p.Put();
                s = p.Flags;
                p.Put();
            }

            public static void UafFin()
            {
                var p = Mm.GetPage(1);
                try
                {
                    p.Put();
                }
                finally
                {
                    s = p.Flags; //~ MML5001
                }
            }

            public static void UafLock()
            {
                var p = Mm.GetPage(1);
                p.Lock.Lock();
                p.Put();
                p.Lock.Unlock(); //~ MML5001
            }

            public static void UafLoop(int n)
            {
                var p = Mm.GetPage(1);
                for (int i = 0; i < n; i++)
                {
                    s = p.Flags; //~ MML5001
                    p.Put(); //~ MML5001
                }
            } //~ MML5003

            public static void PutAndWait()
            {
                var p = Mm.GetPage(1);
                Mm.PutAndWait(p);
                s = p.Flags; //~ MML5001
            }

            public static void SubmitOk()
            {
                var p = Mm.GetPage(1);
                if (!Mm.Submit(p))
                    p.Put();
            }

            public static void SubmitBad()
            {
                var p = Mm.GetPage(1);
                if (Mm.Submit(p))
                    p.Put(); //~ MML5001
                else
                    p.Put();
            }

            public static void SubmitLeak()
            {
                var p = Mm.GetPage(1);
                Mm.Submit(p);
            } //~ MML5003

            public static void SubmitUse()
            {
                var p = Mm.GetPage(1);
                bool ok = Mm.Submit(p);
                if (ok)
                    return;
                s = p.Flags;
                p.Put();
            }
        }
        """);

    [Fact]
    public Task Disposed_IsGivenUp() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        [RefCounted, NoLockAnalysis("x")]
        public class Conn : IDisposable, IAsyncDisposable
        {
            [return: AcquiresRef]
            public static Conn Open() => new();

            [ReleasesRef]
            public void Dispose()
            {
            }

            [ReleasesRef]
            public ValueTask DisposeAsync() => default;

            [AcquiresRef]
            public void Get()
            {
            }

            [MustHoldRef]
            public void Send()
            {
            }

            public int X;
        }

        public static class Story
        {
            public static void UsingC()
            {
                using var c = Conn.Open();
                c.Send();
            }

            public static void UsingC2()
            {
                using (var c = Conn.Open())
                {
                    c.Send();
                }
            }

            public static async Task UsingC3()
            {
                await using var c = Conn.Open();
                c.Send();
            }

            public static void UsingDouble()
            {
                using var c = Conn.Open(); //~ MML5001
                c.Dispose();
            }

            public static void UsingLeak()
            {
                var c = Conn.Open();
                c.Send();
            } //~ MML5003

            public static void UsingUaf()
            {
                Conn k;
                using (var c = Conn.Open())
                {
                    k = c;
                }

                k.Send(); //~ MML5001 MML5001
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheObjectAndWhereItWasGivenUp() => Verify.Spans("""
        using MmLock;
        [RefCounted, NoLockAnalysis("primitive")]
        class Page
        {
            public int Flags;
            [ReleasesRef] public void Put() { }
            [return: AcquiresRef] public static Page Find() => new();
        }
        class Story
        {
            public int M()
            {
                var page = Page.Find();
                {|#1:page.Put()|};
                return {|#0:page|}.Flags;
            }
        }
        """, Verify.Finding("MML5001").At(0).WithPlaces(1).WithMessage("Uses 'page' after its reference was given up"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RefSources.Data);
}
