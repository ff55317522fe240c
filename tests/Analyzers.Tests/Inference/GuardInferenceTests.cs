using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer>;

namespace MmLock.Analyzers.Tests.Inference;

/// <summary>When do the accesses of a field speak for a guard?</summary>
public sealed class GuardInferenceTests
{
    [Fact]
    public Task EveryAccessUnderOneLock_IsSuggested() => Verify.Marked(Slots("""
        int _used; //~ MML6001
        """, "_used", "lock (_gate) { return _used; }"));

    [Fact]
    public Task OneAccessInTenWithoutIt_IsSuggested() => Verify.Marked(Slots("""
        int _used; //~ MML6001
        """, "_used", "lock (_gate) { _used = 1; _used = 2; _used = 3; _used = 4; } return _used;"));

    [Fact]
    public Task TwoAccessesInSixWithoutIt_AreQuiet() => Verify.Marked(Slots("""
        int _used;
        public int Now() { return _used; }
        """, "_used", "return _used;") + Asked);

    [Fact]
    public Task AccessInABodyWithoutAnyLock_Counts() => Verify.Marked(Slots("""
        int _used;
        public int Now => _used + _used;
        """, "_used", "lock (_gate) { return _used; }") + Asked);

    [Fact]
    public Task FewAccesses_AreNoEvidence() => Verify.Marked("""
        class Few
        {
            readonly object _gate = new();
            int _used;
            public void Take() { lock (_gate) { _used++; } }
            public void Give() { lock (_gate) { _used--; } }
            public int Count() { lock (_gate) { return _used; } }
        }
        """ + Asked);

    [Fact]
    public Task NeverWritten_IsQuiet() => Verify.Marked("""
        class Constant
        {
            readonly object _gate = new();
            int _used = 3;
            public int Sum() { lock (_gate) { return _used + _used + _used + _used + _used + _used; } }
        }
        """ + Asked);

    [Fact]
    public Task HandedToInterlocked_IsQuiet() => Verify.Marked(Slots("""
        int _used;
        public void Hit() => System.Threading.Interlocked.Increment(ref _used);
        """, "_used", "lock (_gate) { return _used; }") + Asked);

    [Fact]
    public Task PublicField_IsQuiet() => Verify.Marked(Slots("public int Used;", "Used", "lock (_gate) { return Used; }") + Asked);

    [Fact]
    public Task ConstructorsAndInitializers_DoNotCount() => Verify.Marked(Slots("""
        int _used = 1; //~ MML6001
        public Slots() { _used = 2; _used = 3; _used = 4; }
        """, "_used", "lock (_gate) { return _used; }"));

    [Fact]
    public Task StaticLockOfTheType_IsSuggested() => Verify.Marked("""
        class Shared
        {
            static readonly object s_gate = new();
            static int s_used; //~ MML6001
            public static void Take() { lock (s_gate) { s_used++; s_used++; } }
            public static void Give() { lock (s_gate) { s_used--; s_used--; } }
            public static int Count() { lock (s_gate) { return s_used; } }
        }
        """);

    /// <summary>A finding elsewhere, so that the suggestion must not speak unasked.</summary>
    private const string Asked = """

        class Asked
        {
            readonly object _gate = new();
            int _used; //~ MML6001
            public void Take() { lock (_gate) { _used++; _used++; _used++; _used++; _used++; } }
        }
        """;

    private static string Slots(string fields, string used, string count) => $$"""
        class Slots
        {
            readonly object _gate = new();
            {{fields}}
            public void Take() { lock (_gate) { {{used}}++; } }
            public void Give() { lock (_gate) { {{used}}--; } }
            public void Reset() { lock (_gate) { {{used}} = 0; } }
            public void Reserve(int slots) { lock (_gate) { {{used}} += slots; } }
            public bool Any() { lock (_gate) { return {{used}} > 0; } }
            public int Count() { {{count}} }
        }
        """;
}
