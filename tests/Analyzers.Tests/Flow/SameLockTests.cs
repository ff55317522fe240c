using System.Threading.Tasks;
using Xunit;
using MmLock.Analyzers.Tests.Rules;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>What [SameLock] says is one lock for callers too, held already or not.</summary>
public sealed class SameLockTests
{
    [Fact]
    public Task MethodThatSaysSo_MakesTheNamesOneForItsCaller() => LockScene.Marked("""
        class Zone { public readonly Gate Lock = new(); [GuardedBy("Lock")] public int Free; }
        class Node { public Zone Zone = new(); }

        static class Story
        {
            [MustHold("zone.Lock"), SameLock("zone.Lock", "node.Zone.Lock")]
            static void Both(Zone zone, Node node) { zone.Free = 1; node.Zone.Free = 1; }

            public static void ByTheOneName(Zone zone, Node node) { zone.Lock.Lock(); Both(zone, node); zone.Lock.Unlock(); }
            public static void ByTheOther(Zone zone, Node node) { node.Zone.Lock.Lock(); Both(zone, node); node.Zone.Lock.Unlock(); }
            public static void ByNone(Zone zone, Node node) { Both(zone, node); } //~ MML2001

            [SameLock("return.Lock", "node.Zone.Lock")] static Zone Of(Node node) => node.Zone;
            public static void Found(Node node) { var zone = Of(node); zone.Lock.Lock(); node.Zone.Free = 1; node.Zone.Lock.Unlock(); }
            public static void FoundHeld(Node node) { node.Zone.Lock.Lock(); var zone = Of(node); zone.Free = 1; zone.Lock.Unlock(); }

            [Acquires("return.Lock"), SameLock("return.Lock", "node.Zone.Lock")]
            static Zone LockOf(Node node) { var zone = node.Zone; zone.Lock.Lock(); return zone; }
            [Releases("node.Zone.Lock")] static void UnlockOf(Node node) { node.Zone.Lock.Unlock(); }
            public static void Returned(Node node) { var zone = LockOf(node); zone.Free = 1; UnlockOf(node); }
            public static void ReturnedAndKept(Node node) { var zone = LockOf(node); zone.Free = 1; } //~ MML2006
        }
        """);
}
