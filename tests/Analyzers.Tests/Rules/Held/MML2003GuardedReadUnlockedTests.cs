using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>Guarded data is read or written without its guard: MML2003 and its twin MML2004 on the same fields.</summary>
public sealed class MML2003GuardedReadUnlockedTests
{
    [Fact]
    public Task Access_InEveryForm() => LockScene.Marked("""
        public struct Pair { public int X, Y; public int Sum() => X + Y; public readonly int Peek() => X; public int Prop { readonly get => X; set => X = value; } public void Bump() => X++; }
        public sealed class Boxed { public int Value; public int Method() => Value; }
        public sealed class Acc
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            [GuardedBy("_gate")] private int? _maybe;
            [GuardedBy("_gate")] private Pair _pair;
            [GuardedBy("_gate")] private int[] _array = new int[1];
            [GuardedBy("_gate")] private Boxed _box = new();
            [GuardedBy("_gate")] private Action? _action;
            [GuardedBy("_gate")] private int Auto { get; set; }
            [GuardedBy("_gate")] private string? _text;
            private static void ByRef(ref int x) { x = 1; }
            private static void ByOut(out int x) { x = 1; }
            private static void ByIn(in int x) { }
            private static void ByRefReadonly(ref readonly int x) { }
            public void W1() { _n = 1; } //~ MML2004
            public void W2() { _n += 1; } //~ MML2004
            public void W3() { _n++; } //~ MML2004
            public void W4() { --_n; } //~ MML2004
            public void W5() { _text ??= "x"; } //~ MML2004
            public void W6() { ByRef(ref _n); } //~ MML2004
            public void W7() { ByOut(out _n); } //~ MML2004
            public void W8() { _pair.X = 1; } //~ MML2004
            public void W9() { _pair.Bump(); } //~ MML2004
            public void W10() { Outside.Use(_pair.Sum()); } //~ MML2004
            public void W11() { _pair.Prop = 1; } //~ MML2004
            public void W12() { (_n, _maybe) = (1, 2); } //~ MML2004 MML2004
            public void W13() { Auto = 1; } //~ MML2004
            public void W15() { _ = Interlocked.Exchange(ref _n, 1); } //~ MML2004
            public void W16() { Volatile.Write(ref _n, 1); } //~ MML2004
            public void W17() { foreach (var x in new[] { 1 }) _n = x; } //~ MML2004
            public void W18() { _box = new Boxed { Value = 1 }; } //~ MML2004
            public void W19() { if (int.TryParse("1", out _n)) Outside.Use(1); } //~ MML2004
            public void W20() { _pair = _pair with { X = 1 }; } //~ MML2004 MML2003
            public void R1() { Outside.Use(_n); } //~ MML2003
            public void R2() { ByIn(in _n); } //~ MML2003
            public void R3() { ByIn(_n); } //~ MML2003
            public void R4() { ByRefReadonly(ref _n); } //~ MML2003
            public void R5() { Outside.Use(_pair.X); } //~ MML2003
            public void R6() { Outside.Use(_pair.Peek()); } //~ MML2003
            public void R7() { Outside.Use(_pair.Prop); } //~ MML2003
            public void R8() { _array[0] = 1; } //~ MML2003
            public void R9() { Outside.Use(_array[0]); } //~ MML2003
            public void R10() { _box.Value = 1; } //~ MML2003
            public void R11() { Outside.Use(_box.Method()); } //~ MML2003
            public void R12() { _action?.Invoke(); } //~ MML2003
            public void R13() { _action!(); } //~ MML2003
            public void R15() { Outside.Use(Auto); } //~ MML2003
            public void R16() { if (_n == 1) Outside.Use(1); } //~ MML2003
            public void R17() { var s = $"{_n}"; } //~ MML2003
            public void R18() { Outside.Use(_array.Length); } //~ MML2003
            public void R19() { Outside.Use(Volatile.Read(ref _n)); } //~ MML2003|MML2004
            public void R20() { switch (_n) { case 1: break; } } //~ MML2003
            public int R21() => _n switch { 1 => 2, _ => 3 }; //~ MML2003
            public void R22() { Outside.Use(_maybe ?? 1); } //~ MML2003
            public void R23() { Outside.Use(_maybe.HasValue); } //~ MML2003
            public void R24() { if (this is { _n: 3 }) Outside.Use(1); } //~ MML2003
            public void R25() { for (int i = 0; i < _n; i++) { } } //~ MML2003
            public void R26() { lock (_box) Outside.Use(1); } //~ MML2003
            public void R27() { Outside.Use(_array[^1]); } //~ MML2003 //~? MML2003
            public void R28() { using var e = ((IEnumerable<int>)_array).GetEnumerator(); } //~ MML2003
            public void R29() { Outside.Use(from a in _array select a); } //~ MML2003
            public void None1() { Outside.Use(nameof(_n)); Outside.Use(typeof(Pair)); }
            public void None2() { Outside.Use(sizeof(int)); }
            public Acc() { _n = 1; _box.Value = 2; _array[0] = _n; Auto = 1; }
            ~Acc() { _n = 0; }
            public void Dispose() { _n = 0; } //~ MML2004
            public void Locked() { _gate.Lock(); _n++; _pair.Bump(); _array[0] = _n; _action?.Invoke(); Auto = _maybe ?? 1; _gate.Unlock(); }
        }
        """);

    [Fact]
    public Task Pointee_MembersElementsAndMutators() => LockScene.Marked("""
        public sealed class Item { public int Value; public int Get() => Value; public Item? Next; }
        public sealed class Ptr
        {
            private readonly Gate _gate = new();
            private readonly RwSem _sem = new();
            [PointeeGuardedBy("_gate")] private List<int> _list = new();
            [PointeeGuardedBy("_gate")] private Dictionary<int, int> _map = new();
            [PointeeGuardedBy("_gate")] private int[] _array = new int[3];
            [PointeeGuardedBy("_gate")] private Item _item = new();
            [PointeeGuardedBy("_sem")] private List<int> _rw = new();
            public void Ref1() { Outside.Use(_list); }
            public void Ref2() { _list = new(); }
            public void Ref3() { if (_list == null) Outside.Use(1); }
            public void Ref4() { Outside.Use(_array.Length); }
            public void R1() { Outside.Use(_list.Count); } //~ MML2003
            public void R2() { Outside.Use(_list[0]); } //~ MML2003
            public void R3() { Outside.Use(_array[0]); } //~ MML2003
            public void R4() { Outside.Use(_item.Value); } //~ MML2003
            public void R5() { Outside.Use(_item.Get()); } //~ MML2003
            public void R6() { Outside.Use(_list.Contains(1)); } //~ MML2003
            public void R7() { foreach (var x in _list) Outside.Use(1); } //~ MML2003
            public void R8() { Outside.Use(_map.TryGetValue(1, out var v)); } //~ MML2003
            public void W1() { _list.Add(1); } //~ MML2004
            public void W2() { _list[0] = 1; } //~ MML2004
            public void W3() { _array[0] = 1; } //~ MML2004
            public void W4() { _item.Value = 1; } //~ MML2004
            public void W5() { _map[1] = 2; } //~ MML2004
            public void W6() { _map.Remove(1); } //~ MML2004
            public void W7() { _list.Clear(); } //~ MML2004
            public void W8() { _array[0]++; } //~ MML2004
            public void Copy1() { var l = _list; l.Add(1); } //~ MML2004
            public void Copy2() { var l = _list; Outside.Use(l.Count); } //~ MML2003
            public void CopyUnderGuard() { _gate.Lock(); var l = _list; _gate.Unlock(); l.Add(1); } //~ MML2004
            public void SharedRead() { _sem.DownRead(); Outside.Use(_rw.Count); _sem.UpRead(); }
            public void SharedWrite() { _sem.DownRead(); _rw.Add(1); _sem.UpRead(); } //~ MML2004
            public void Kept() { _gate.Lock(); _list.Add(_array[0]); _item.Value = _map[1]; _gate.Unlock(); }
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [{|#1:GuardedBy("_a")|}] private int _n;
            public int Read() => {|#0:_n|};
        }
        """,
        LockScene.Finding("MML2003").At(0).WithPlaces(1).WithMessage(
            "Reading 'Story._n' requires '_a' (class 'Story._a') held at least shared, which is not the case"));

    [Fact]
    public Task SequenceReadToItsEnd_ReadsWhatStandsInIt() => LockScene.Marked("""
        public sealed class Story
        {
            private readonly object _gate = new();
            [PointeeGuardedBy("_gate")] private readonly List<int> _items = [];
            public int Sum() => _items.Sum(); //~ MML2003
            public int Positive() => _items.Where(x => x > 0).Count(); //~ MML2003
            public List<int> Copy() => new(_items); //~ MML2003
            public string Text() => string.Join(",", _items); //~ MML2003
            public IEnumerable<int> Later() => _items.Where(x => x > 0);
            public int Locked() { lock (_gate) { return _items.Where(x => x > 0).Sum(); } }
            public bool Same(List<int> other) => ReferenceEquals(_items, other);
        }
        """);
}
