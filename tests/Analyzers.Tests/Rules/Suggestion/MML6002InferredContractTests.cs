using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Rules.Suggestion;

/// <summary>A private member has a precondition that could be written down.</summary>
public sealed class MML6002InferredContractTests
{
    [Fact]
    public Task PrivateHelperThatNeedsALock_IsSuggested() => Marked("""
        class Lruvec
        {
            readonly SpinLock lruLock = new();
            [GuardedBy("lruLock")] private int size;

            private void Add() => size++; //~ MML6002

            private void AddTwice() //~ MML6002
            {
                Add();
                Add();
            }

            public void Use()
            {
                lruLock.Lock();
                AddTwice();
                Local();
                lruLock.Unlock();

                void Local() => size = 0; //~ MML6002
            }

            [MustHold("lruLock")]
            private void Said() => size++;

            private int Own()
            {
                lruLock.Lock();
                int value = size;
                lruLock.Unlock();
                return value;
            }

            public int Read() => Own();
        }
        """);

    [Fact]
    public Task PublicMember_IsAFindingAndNoSuggestion() => Marked("""
        class Lruvec
        {
            readonly SpinLock lruLock = new();
            [GuardedBy("lruLock")] private int size;

            public void Add() => size++; //~ MML2004

            private void Used() => size++; //~ MML6002

            public void Use()
            {
                lruLock.Lock();
                Used();
                lruLock.Unlock();
            }
        }
        """);

    [Fact]
    public Task Finding_SpellsTheAttribute() => Verify.Spans("""
        using MmLock;
        class Counter
        {
            private readonly object gate = new();
            [GuardedBy("gate")] private int count;
            private void {|#0:Add|}() => {|#1:count|}++;
            public void M()
            {
                lock (gate)
                    Add();
            }
        }
        """, Verify.Finding("MML6002").At(0).WithPlaces(1).Saying("'Counter.Add' requires", "[MustHold(\"gate\")]"));

    private static Task Marked(string source) => Verify.Marked(source, MmSources.Primitives);
}
