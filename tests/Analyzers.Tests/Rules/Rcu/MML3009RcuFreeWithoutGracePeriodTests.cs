using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Rcu;

/// <summary>An unpublished object is freed at once.</summary>
public sealed class MML3009RcuFreeWithoutGracePeriodTests
{
    [Fact]
    public Task FreedAtOnce_IsReported() => Marked("""
        class Story
        {
            public void OffTheList(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void Replaced(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Heap.Free(old); //~ MML3009
            }

            public void UnderTheLock(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                Heap.Free(old); //~ MML3009
                slot.Lock.Unlock();
            }

            public void WaitedTooEarly(Node node)
            {
                Rcu.Synchronize();
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void WaitedOnOnePath(Node node, bool wait)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (wait)
                    Rcu.Synchronize();
                Heap.Free(node); //~ MML3009
            }

            public void WaitedForTheFirstOnly(Node first, Node second)
            {
                Table.Lock.Lock();
                Heap.Remove(first);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Table.Lock.Lock();
                Heap.Remove(second);
                Table.Lock.Unlock();
                Heap.Free(first);
                Heap.Free(second); //~ MML3009
            }

            public void Head()
            {
                Table.Lock.Lock();
                var head = Rcu.DereferenceProtected(ref Table.Head);
                Rcu.Assign(ref Table.Head, Rcu.DereferenceProtected(ref head!.Next));
                Table.Lock.Unlock();
                Heap.Free(head); //~ MML3009
            }

            public void ThroughACopy(Node node)
            {
                var copy = node;
                Table.Lock.Lock();
                Heap.Remove(copy);
                Table.Lock.Unlock();
                Heap.Free(node); //~ MML3009
            }

            public void InALoop(Node[] nodes)
            {
                foreach (var node in nodes)
                {
                    Table.Lock.Lock();
                    Heap.Remove(node);
                    Table.Lock.Unlock();
                    Heap.Free(node); //~ MML3009
                }
            }

            public void OneOfTwoBranches(Node node, bool later)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (later)
                    Heap.FreeLater(node);
                else
                    Heap.Free(node); //~ MML3009
            }
        }
        """);

    [Fact]
    public Task UnlinkWaitFree_IsSilent() => Marked("""
        class Story
        {
            public void OffTheList(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(node);
            }

            public void Replaced(Slot slot, Plain next)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(old);
            }

            public void Later(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                Heap.FreeLater(old);
            }

            public void LaterUnderTheLock(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Heap.FreeLater(node);
                Table.Lock.Unlock();
            }

            public void NeverPublished()
            {
                var node = new Node();
                Heap.Free(node);
            }

            public void GivenToUs(Node node) => Heap.Free(node);

            public void LostTheRace(Slot slot)
            {
                var next = new Plain();
                slot.Lock.Lock();
                if (Rcu.DereferenceProtected(ref slot.Current) != null)
                {
                    slot.Lock.Unlock();
                    Heap.Free(next);
                    return;
                }
                Rcu.Assign(ref slot.Current, next);
                slot.Lock.Unlock();
            }

            public void AllAtOnce(Node first, Node second)
            {
                Table.Lock.Lock();
                Heap.Remove(first);
                Heap.Remove(second);
                Table.Lock.Unlock();
                Rcu.Synchronize();
                Heap.Free(first);
                Heap.Free(second);
            }

            public void WaitedByACallee(Node node)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                Drain();
                Heap.Free(node);
            }

            [WaitsForReaders("@rcu")]
            public static void Drain() => Rcu.Synchronize();

            public void OnEitherPath(Node node, bool hurry)
            {
                Table.Lock.Lock();
                Heap.Remove(node);
                Table.Lock.Unlock();
                if (hurry)
                {
                    Heap.FreeLater(node);
                    return;
                }
                Rcu.Synchronize();
                Heap.Free(node);
            }

            public void NothingWasThere(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                if (old != null)
                {
                    Rcu.Synchronize();
                    Heap.Free(old);
                }
            }

            // What was taken off is the updater's: it may be used until it is given back.
            public int UsedByTheUpdater(Slot slot)
            {
                slot.Lock.Lock();
                var old = Rcu.DereferenceProtected(ref slot.Current);
                Rcu.Assign(ref slot.Current, null);
                slot.Lock.Unlock();
                int value = old!.Value;
                Rcu.Synchronize();
                value += old.Value;
                Heap.Free(old);
                return value;
            }
        }
        """);

    [Fact]
    public Task PublishedAgain_IsUnpublishedAgain() => Marked("""
        class Story
        {
            public void Moved(Slot from, Slot to)
            {
                from.Lock.Lock();
                var item = Rcu.DereferenceProtected(ref from.Current);
                Rcu.Assign(ref from.Current, null);
                from.Lock.Unlock();
                Rcu.Synchronize();
                to.Lock.Lock();
                Rcu.Assign(ref to.Current, item);
                to.Lock.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_NamesTheObjectAndWhereItWasUnpublished() => Verify.Spans("""
        using MmLock;
        class Node
        {
            [RcuGuarded] public Node? Next;
        }
        [NoLockAnalysis("primitive")]
        static class Heap
        {
            [Unpublishes("node")] public static void Remove(Node node) { }
            [Frees("node")] public static void Free(Node node) { }
        }
        class Story
        {
            public void Drop(Node node)
            {
                {|#1:Heap.Remove(node)|};
                {|#0:Heap.Free(node)|};
            }
        }
        """, Verify.Finding("MML3009").At(0).WithPlaces(1).Saying("Frees 'node' at once, but readers of '@rcu'"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives, RcuSources.Data);
}
