using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>Guarded data leaves its guard.</summary>
public sealed class MML2013GuardedEscapeTests
{
    [Fact]
    public Task ElementOfAGuardedArray_LeavesItsGuardByARefReturn() => LockScene.Marked("""
        public sealed class Table
        {
            private readonly Gate _gate = new();
            [PointeeGuardedBy("_gate")] private int[] _slots = new int[4];
            public ref int Unlocked() => ref _slots[0]; //~ MML2013
            public ref int AfterTheLock()
            {
                _gate.Lock();
                try { return ref _slots[0]; } //~ MML2013
                finally { _gate.Unlock(); }
            }
            [MustHold("_gate")] public ref int UnderTheCallersLock() => ref _slots[0];
            public ref int[] TheReferenceItself() => ref _slots;
        }
        """);

    [Fact]
    public Task Reference_OutlivesItsGuard() => LockScene.Marked("""
        public ref struct View { public ref int Slot; public Span<int> Cells; }
        public sealed class Escape
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            [GuardedBy("_gate")] private int[] _array = new int[1];
            [PointeeGuardedBy("_gate")] private List<int> _list = new();
            private int _free;
            public ref int Returned() => ref _n; //~ MML2013
            public ref int ReturnedStatement()
            {
                using var h = new Hold(_gate);
                return ref _n; //~ MML2013
            }
            public ref readonly int ReturnedReadonly() => ref _n; //~ MML2013
            public ref int ReturnedLocal()
            {
                ref int r = ref _n;
                return ref r; //~ MML2013
            }
            [MustHold("_gate")] public ref int ReturnedHeld() => ref _n;
            [Acquires("_gate")] public ref int ReturnedAcquired() { _gate.Lock(); return ref _n; }
            public ref int FreeRef() => ref _free;
            public View RefField() { return new View { Slot = ref _n }; } //~ MML2013
            public void ArgumentIsNoEscape() { _gate.Lock(); Bump(ref _n); _gate.Unlock(); }
            private static void Bump(ref int x) { x++; }
            public ref int Passed() => ref Same(ref _n); //~ MML2004
            private static ref int Same(ref int x) => ref x;
            public int ValueIsNoEscape() { using var h = new Hold(_gate); return _n; }
            public ref int Property => ref _n; //~ MML2013
            public ref int this[int i] => ref _n; //~ MML2013
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [{|#1:GuardedBy("_a")|}] private int _n;
            public ref int S() => ref {|#0:_n|};
        }
        """,
        LockScene.Finding("MML2013").At(0).WithPlaces(1).WithMessage(
            "'Story._n' outlives its guard '_a' (class 'Story._a') through a ref return"));
}
