using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Program;

/// <summary>Chains of real calls: over types that speak of no lock, and in words.</summary>
public sealed class ChainTests
{
    [Fact]
    public Task LinksThatSpeakOfNoLock_AreFollowed() => Verify.Marked("""
        class Ends
        {
            static readonly object s_x = new(), s_y = new();
            public static void OneWay() { lock (s_x) { First.Go(); } } //~ MML1002
            public static void OtherWay() { lock (s_y) { lock (s_x) { } } } //~ MML1002
            public static void TakeY() { lock (s_y) { } }
        }
        static class First { public static void Go() { Second.Further(); } }
        static class Second { public static void Further() { Third.On(); } }
        static class Third { public static void On() { Ends.TakeY(); } }
        """);

    [Fact]
    public Task LinksThatLeadNowhere_AreQuiet() => Verify.Marked("""
        class Ends
        {
            static readonly object s_x = new(), s_y = new();
            public static void OneWay() { lock (s_x) { First.Go(); } }
            public static void OtherWay() { lock (s_y) { lock (s_x) { } } }
            public static void TakeY() { lock (s_y) { } }
        }
        static class First { public static void Go() { Second.Further(); } }
        static class Second { public static void Further() { } }
        """);

    [Fact]
    public Task LockOfAnObjectJustMade_IsNobodyElses() => Verify.Marked("""
        class Node
        {
            readonly object _gate = new();
            int _n;
            public Node() { lock (_gate) { _n = 1; } }
            public void Touch() { lock (_gate) { _n++; } }
            public void Make() { lock (_gate) { var node = new Node(); node.Touch(); } }
            public void Other(Node node) { lock (_gate) { node.Touch(); } } //~ MML1003
        }
        """);

    [Fact]
    public Task CapturedVariableOfALocalFunction_IsTheSameObject() => Verify.Marked("""
        class Node
        {
            readonly object _gate = new();
            static Node Find() => new();
            public void Nested()
            {
                var node = Find();
                lock (node._gate) { Inner(); }
                void Inner() { lock (node._gate) { } }
            }
        }
        """);

    [Fact]
    public Task StaticOfAGenericType_IsNotMistakenForAnother() => Verify.Marked("""
        class Cache<T>
        {
            static readonly object s_gate = new();
            public static void Own() { lock (s_gate) { Take(); } }
            public static void Take() { lock (s_gate) { } }
            public static void Int() { lock (s_gate) { Cache<int>.Take(); } }
        }
        """);

    [Fact]
    public Task ReaderThatEntersAgainThroughACallee_IsSaidInWords() => Verify.Spans("""
        using System.Threading;
        class Reader
        {
            readonly ReaderWriterLockSlim _lock = new();
            public void Outer() { _lock.EnterReadLock(); {|#0:Inner()|}; _lock.ExitReadLock(); }
            public void Inner() { _lock.EnterReadLock(); _lock.ExitReadLock(); }
        }
        """, Verify.Finding("MML1004").At(0).Saying(
            "Takes '_lock' (class 'Reader._lock') shared through 'Reader.Inner', but it is already held shared"));
}
