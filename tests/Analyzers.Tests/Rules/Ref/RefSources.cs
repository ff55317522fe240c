namespace MmLock.Analyzers.Tests.Rules.Ref;

/// <summary>What the stories about references share beside the primitives.</summary>
internal static class RefSources
{
    /// <summary>A page, a css, and the calls that get, put, find, wait for and consume references to them.</summary>
    public const string Data = """
        [RefCounted, NoLockAnalysis("primitive")]
        public class Page
        {
            public readonly PageLock Lock = new();
            public int Flags;
            public Page? Next;
            public Memcg? Memcg;
            [AcquiresRef] public void Get() { }
            [TryAcquiresRef] public bool TryGet() => true;
            [ReleasesRef] public void Put() { }
            [MustHoldRef] public bool TryLockPage() => true;
            [MustHoldRef] public int State => Flags;
            public void Dump() { }
            public static Page Alloc() => new();
        }

        [RefCounted, NoLockAnalysis("primitive")]
        public class Memcg
        {
            public int Id;
            [TryAcquiresRef] public bool TryGet() => true;
            [ReleasesRef] public void Put() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Mm
        {
            [return: AcquiresRef] public static Page? FindGetPage(int index) => null;
            [return: AcquiresRef] public static Page GetPage(int index) => new();
            [return: Unreferenced] public static Page? FindOnList() => null;
            public static Page? Unknown() => null;
            public static void PutPage([ReleasesRef] Page? page) { }
            public static void Use([MustHoldRef] Page page) { }
            public static void Look(Page? page) { }
            [MaySleep] public static void WaitOnPage([MustHoldRef] Page page) { }
            [MaySleep] public static void PutAndWait([ReleasesRef] Page page) { }
            [MaySleep] public static void WaitForMigration([MustNotHoldRef] Page page) { }
            public static bool GetUnlessZero([TryAcquiresRef] Page page) => true;
            public static int TryIsolate([TryAcquiresRef(On = Outcome.Zero)] Page page) => 0;
            public static void Take([AcquiresRef] Page page) { }
            public static bool Submit([ReleasesRef(On = Outcome.True)] Page page) => true;
            public static bool Lookup(int index, [TryAcquiresRef(On = Outcome.True)] out Page? page) { page = null; return false; }
            [return: AcquiresRef] public static Memcg? Iter(Memcg? root, [ReleasesRef] Memcg? prev) => null;
            public static void IterBreak(Memcg? root, [ReleasesRef] Memcg? prev) { }
            public static void Reclaim(Memcg memcg) { }
        }
        """;
}
