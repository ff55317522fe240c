using System.Threading.Tasks;
using MmLock.Analyzers.Tests.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Locks that are elements of a collection, one by one and all together; links that are themselves guarded.</summary>
public sealed class ElementLockTests
{
    [Fact]
    public Task GuardedLink_HandOverHand_IsSilent() => LockScene.Marked("""
        public sealed class Node { [LockClass("node", Nesting = LockNesting.Ordered)] public readonly Gate Gate = new(); [GuardedBy("Gate")] public Node? Next; [GuardedBy("Gate")] public int V; }
        public sealed class HandOverHand {
          readonly Node _head = new();
          public void Walk(Node cur) {
            cur.Gate.Lock();
            while (true) { var next = cur.Next; if (next == null) break; next.Gate.Lock(); cur.Gate.Unlock(); cur = next; }
            cur.V++;
            cur.Gate.Unlock();
          }
        }
        """);

    [Fact]
    public Task Enumerated_ElementsHaveTheClassOfTheCollection() => LockScene.Marked("""
        public sealed class Enumerated {
          [LockClass("listed"), AcquiredAfter("Prop")] readonly List<Gate> _list = new();
          [LockClass("prop")] readonly Gate Prop = new();
          [LockClass("listed2"), AcquiredAfter("Prop")] readonly Gate[] _arr = new Gate[3];
          public void F() {
            foreach (var g in _list) { g.Lock(); Prop.Lock(); Prop.Unlock(); g.Unlock(); } //~ MML1001
          }
          public void G() {
            foreach (var g in _arr) { g.Lock(); Prop.Lock(); Prop.Unlock(); g.Unlock(); } //~ MML1001
          }
        }
        """);

    [Fact]
    public Task AllElements_TakenAndLetGoInLoops() => LockScene.Marked("""
        public sealed class Stripes {
          [LockClass("stripe", Nesting = LockNesting.Ordered)] readonly Gate[] _stripes = new Gate[3];
          [Acquires("_stripes[*]")] void All() { foreach (var s in _stripes) s.Lock(); }
          [Releases("_stripes[*]")] void None() { foreach (var s in _stripes) s.Unlock(); }
          [Acquires("_stripes[*]")] void All2() { for (int i = 0; i < _stripes.Length; i++) _stripes[i].Lock(); }
          [Releases("_stripes[*]")] void None2() { for (int i = 0; i < _stripes.Length; i++) _stripes[i].Unlock(); }
          public void Use() { All(); _stripes[1].Unlock(); _stripes[1].Lock(); None(); }
        }
        """);

    [Fact]
    public Task LocksOfElements_TogetherAndOneByOne() => LockScene.Marked("""
        public sealed class Zone { [LockClass("zl", Nesting = LockNesting.Ordered)] public readonly Gate Lock = new(); public int N; }
        public sealed class LocksOfElements {
          readonly Zone[] _zones = new Zone[3];
          [Acquires("_zones[*].Lock")] void All() { foreach (var z in _zones) z.Lock.Lock(); }
          [Releases("_zones[*].Lock")] void None() { foreach (var z in _zones) { z.Lock.Unlock(); } }
          [Acquires("_zones[*].Lock")] void Early(bool b) { if (b) return; foreach (var z in _zones) z.Lock.Lock(); } //~ MML2009
          [Releases("_zones[*].Lock")] void Early2(bool b) { if (b) return; foreach (var z in _zones) z.Lock.Unlock(); } //~ MML2009
          [MustHold("_zones[*].Lock")] void One() { }
          public void Use() { All(); One(); _zones[1].Lock.Lock(); None(); } //~ MML1004
          public void Use2() { _zones[1].Lock.Lock(); One(); _zones[1].Lock.Unlock(); One(); } //~ MML2001
          public void Use3() { All(); One(); } //~ MML2006
        }
        """);

    [Fact]
    public Task MayAcquire_SpeaksForCallees() => LockScene.Marked("""
        public sealed class Promise {
          readonly Gate _a = new(); readonly Gate _b = new();
          [MayAcquire("_a")] public void M() { Takes(); } //~ MML2009
          public void Takes() { _b.Lock(); _b.Unlock(); }
          [MayAcquire("_b")] public void M2() { Takes(); }
        }
        """);

    [Fact]
    public Task ArrayWrittenInALoop_IsAnalysedWhole() => LockScene.Marked("""
        public enum PteKind { None, Present, Swap }
        public readonly record struct Pte(PteKind Kind, Page? Page = null, bool Young = false);
        public sealed class Page { [LockClass("page")] public readonly Gate Gate = new(); }
        public sealed class Table { [LockClass("ptl")] public readonly Gate Ptl = new(); [GuardedBy("Ptl")] public readonly Pte[] Ptes = new Pte[8]; }
        public sealed class Mapping { [LockClass("i_mmap")] public readonly Gate One = new(); [LockClass("anon_vma")] public readonly Gate Two = new(); }
        public static class Rmap {
          [MustHoldAny("@i_mmap", "@anon_vma"), MustHold("page.Gate")]
          static int Referenced(Page page, Table table, int at) {
            int referenced = 0;
            table.Ptl.Lock();
            for (int index = 0; index < 8; index++) {
              if (at >= 0 && index != at) continue;
              var pte = table.Ptes[index];
              if (pte.Kind == PteKind.Present && pte.Page == page && pte.Young) {
                table.Ptes[index] = pte with { Young = false };
                referenced++;
              }
            }
            if (referenced > 3) return referenced; //~ MML2006
            table.Ptl.Unlock();
            return referenced;
          }
        }
        """);
}
