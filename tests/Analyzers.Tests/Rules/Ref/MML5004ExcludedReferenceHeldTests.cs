using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Ref;

/// <summary>Waits or calls while owning a reference that the contract excludes.</summary>
public sealed class MML5004ExcludedReferenceHeldTests
{
    [Fact]
    public Task Owned_IsReported() => Marked("""
        class Story
        {
            // Variant 2a: the waiter holds the very reference that migration waits for.
            public void MigrationEntryWait()
            {
                var page = Mm.GetPage(1);
                Mm.WaitForMigration(page); //~ MML5004
                page.Put();
            }

            public void Tried()
            {
                var page = Mm.FindOnList();
                if (page == null || !page.TryGet())
                    return;
                Mm.WaitForMigration(page); //~ MML5004
                page.Put();
            }

            public void ByAnotherName()
            {
                var page = Mm.GetPage(1);
                var same = page;
                Mm.WaitForMigration(same); //~ MML5004
                page.Put();
            }

            public void OnSomePaths(Page page, bool hold)
            {
                if (hold)
                    page.Get();
                Mm.WaitForMigration(page); //~ MML5004
                if (hold)
                    page.Put();
            }

            public void OneOfTwo()
            {
                var page = Mm.GetPage(1);
                page.Get();
                page.Put();
                Mm.WaitForMigration(page); //~ MML5004
                page.Put();
            }
        }
        """);

    [Fact]
    public Task NotOwned_IsSilent() => Marked("""
        class Story
        {
            public void Borrowed(Page page) => Mm.WaitForMigration(page);

            public void Unreferenced()
            {
                var page = Mm.FindOnList();
                if (page != null)
                    Mm.WaitForMigration(page);
            }

            public void TryFailed()
            {
                var page = Mm.FindOnList();
                if (page!.TryGet())
                {
                    page.Put();
                    return;
                }
                Mm.WaitForMigration(page);
            }

            public void OfAnother(Page other)
            {
                var page = Mm.GetPage(1);
                Mm.WaitForMigration(other);
                page.Put();
            }

            public void Unknown()
            {
                var page = Mm.Unknown();
                Mm.WaitForMigration(page!);
            }

            public void Stored(Page[] pages)
            {
                var page = Mm.GetPage(1);
                pages[0] = page;
                Mm.WaitForMigration(pages[1]);
            }

            public void ByThePutThatWaits()
            {
                var page = Mm.GetPage(1);
                Mm.PutAndWait(page);
            }
        }
        """);

    [Fact]
    public Task ForThis_IsJudgedByTheReceiver() => Marked("""
        [RefCounted, NoLockAnalysis("primitive")]
        class Css
        {
            [MustNotHoldRef] public void WaitForDeath() { }
            [ReleasesRef] public void Put() { }
            [return: AcquiresRef] public static Css Find() => new();
        }

        class Story
        {
            public void Owned()
            {
                var css = Css.Find();
                css.WaitForDeath(); //~ MML5004
                css.Put();
            }

            public void Borrowed(Css css) => css.WaitForDeath();
        }
        """);

    [Fact]
    public Task BorrowedOwnedAndGone() => Marked("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Story
        {
            public static void Excl()
            {
                var p = Mm.GetPage(1);
                Mm.WaitForMigration(p); //~ MML5004
                p.Put();
            }

            public static void ExclBorrow(Page p)
            {
                Mm.WaitForMigration(p);
            }

            public static void ExclBorrowGet(Page p)
            {
                p.Get();
                Mm.WaitForMigration(p); //~ MML5004
                p.Put();
            }

            public static void ExclAfterPut()
            {
                var p = Mm.GetPage(1);
                p.Put();
                Mm.WaitForMigration(p); //~ MML5001
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheCalleeAndWhereItWasTaken() => Verify.Spans("""
        using MmLock;
        [RefCounted, NoLockAnalysis("primitive")]
        class Page
        {
            [{|#2:MustNotHoldRef|}] public void Wait() { }
            [ReleasesRef] public void Put() { }
            [return: AcquiresRef] public static Page Find() => new();
        }
        class Story
        {
            public void M()
            {
                var page = {|#1:Page.Find()|};
                {|#0:page.Wait()|};
                page.Put();
            }
        }
        """, Verify.Finding("MML5004").At(0).WithPlaces(1, 2).WithMessage("Calling 'Page.Wait' is not allowed while owning a reference to 'page'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RefSources.Data);
}
