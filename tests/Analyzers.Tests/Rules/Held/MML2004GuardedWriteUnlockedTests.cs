using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Held;

/// <summary>Guarded data is written without its guard, or with it only shared.</summary>
public sealed class MML2004GuardedWriteUnlockedTests
{
    [Fact]
    public Task SharedMode_AllowsTheReadOnly() => LockScene.Marked("""
        public sealed class Modes
        {
            private readonly RwSem _sem = new();
            private readonly Gate _gate = new();
            [GuardedBy("_sem")] private int _n;
            [GuardedBy("_sem", "_gate")] private int _both;
            [WriteGuardedBy("_sem")] private int _published;
            [StableUnder("_sem", "_gate")] private int _stable;
            public void Reads() { _sem.DownRead(); Outside.Use(_n); _sem.UpRead(); }
            public void WritesShared() { _sem.DownRead(); _n = 1; _sem.UpRead(); } //~ MML2004
            public void Writes() { _sem.DownWrite(); _n = 1; _sem.UpWrite(); }
            public void BothHalf() { _sem.DownWrite(); Outside.Use(_both); _sem.UpWrite(); } //~ MML2003
            public void BothHalfWrite() { _gate.Lock(); _both = 1; _gate.Unlock(); } //~ MML2004
            public void BothSharedRead() { _sem.DownRead(); _gate.Lock(); Outside.Use(_both); _gate.Unlock(); _sem.UpRead(); }
            public void BothSharedWrite() { _sem.DownRead(); _gate.Lock(); _both = 2; _gate.Unlock(); _sem.UpRead(); } //~ MML2004
            public void Published() { Outside.Use(_published); }
            public void PublishedWrite() { _published = 1; } //~ MML2004
            public void PublishedCompound() { _published++; } //~ MML2004
            public void PublishedShared() { _sem.DownRead(); _published = 1; _sem.UpRead(); } //~ MML2004
            public void PublishedKept() { _sem.DownWrite(); _published++; _sem.UpWrite(); }
            public void StableNone() { Outside.Use(_stable); } //~ MML2003
            public void StableOne() { _gate.Lock(); Outside.Use(_stable); _gate.Unlock(); }
            public void StableShared() { _sem.DownRead(); Outside.Use(_stable); _sem.UpRead(); }
            public void StableWriteOne() { _gate.Lock(); _stable = 1; _gate.Unlock(); } //~ MML2004
            public void StableWriteAll() { _sem.DownWrite(); _gate.Lock(); _stable = 1; _gate.Unlock(); _sem.UpWrite(); }
            public void AfterDowngrade() { _sem.DownWrite(); _sem.Downgrade(); Outside.Use(_n); _n = 1; _sem.UpRead(); } //~ MML2004
            public void AfterUpgrade() { _sem.DownRead(); _sem.Upgrade(); _n = 1; _sem.UpWrite(); }
            public void Asserted() { _sem.AssertReading(); Outside.Use(_n); _n = 1; } //~ MML2004
            public void AssertedWriting() { _sem.AssertWriting(); _n = 1; }
        }
        """);

    [Fact]
    public Task Guard_OfTypesStaticsAndOtherObjects() => LockScene.Marked("""
        [GuardedBy("Gate")]
        public sealed class Whole
        {
            public readonly Gate Gate = new();
            public int A;
            public int B { get; set; }
            public readonly int Fixed = 3;
            public const int Constant = 4;
            public static int Shared;
            public void M() { A = 1; } //~ MML2004
            public void N() { B = 1; } //~? MML2004
            public void Free() { Outside.Use(Fixed + Constant); Gate.Lock(); A = B; Gate.Unlock(); }
        }
        public static class Global
        {
            private static readonly Gate s_gate = new();
            [GuardedBy("s_gate")] private static int s_n = 4;
            [GuardedBy("s_gate")] internal static int Visible;
            static Global() { s_n = 2; }
            public static void M() { s_n = 1; } //~ MML2004
            public static void K() { s_gate.Lock(); s_n = 1; s_gate.Unlock(); }
            public static int Prop => s_n; //~ MML2003
        }
        public sealed class Owner
        {
            internal readonly Gate Gate = new();
            [GuardedBy("Gate")] internal int N;
            public static Owner Make() { var o = new Owner { N = 1 }; o.N = 2; return o; }
            public static void WrongObject(Owner a, Owner b) { a.Gate.Lock(); b.N = 1; a.Gate.Unlock(); } //~ MML2004
            public static void Right(Owner a) { a.Gate.Lock(); a.N = 1; a.Gate.Unlock(); }
            public static void Copy(Owner a) { var b = a; a.Gate.Lock(); b.N = 1; b.Gate.Unlock(); }
            public static void Reassigned(Owner a, Owner c) { a.Gate.Lock(); var g = a.Gate; a = c; a.N = 1; g.Unlock(); } //~ MML2004
        }
        public sealed class Child
        {
            private readonly Owner _owner = new();
            [GuardedBy("_owner.Gate")] private int _n;
            [GuardedBy("this")] private int _own;
            [GuardedBy("Registry.Lock")] private int _global;
            public void M() { _n = 1; } //~ MML2004
            public void K() { _owner.Gate.Lock(); _n = 1; _owner.Gate.Unlock(); }
            public void Own() { lock (this) _own = 1; }
            public void OwnWrong() { lock (_owner) _own = 1; } //~ MML2004
            public void Static() { lock (Registry.Lock) _global = 1; }
            public void StaticWrong() { lock (this) _global = 1; } //~ MML2004
        }
        public static class Registry { public static readonly object Lock = new(); }
        """);

    [Fact]
    public Task OwnConstructor_IsExempt() => LockScene.Marked("""
        public class Base
        {
            protected readonly Gate Gate = new();
            [GuardedBy("Gate")] protected int N;
            [GuardedBy("Gate")] protected int Init = 3;
            [MustHold("Gate")] protected int Need() { return N = 1; }
            private void Inferred() { N = 2; }
            public Base() { N = 1; Need(); Inferred(); this.N++; }
            public Base(Base other) : this() { other.N = 1; } //~ MML2004
            public Base(int x) { Outside.Later(() => N = 1); } //~ MML2004
            public Base(long x) { Local(); void Local() { N = 1; } }
            public Base(string s) { Outside.Now(() => N = 1); }
            public Base(object o) { Outside.Use(this); N = 1; } //~? MML2004
            public static Base Create() { var b = new Base(); b.N = 1; b.Need(); return b; }
            public static Base CreateEscaped(List<Base> list) { var b = new Base(); list.Add(b); b.N = 1; return b; } //~ MML2004
            public static Base CreateStored() { var b = new Base(); s_last = b; b.N = 1; return b; } //~ MML2004
            public static Base CreateCaptured() { var b = new Base(); Outside.Later(() => b.N = 2); b.N = 1; return b; } //~ MML2004 MML2004
            public static Base CreateCapturedHere() { var b = new Base(); Outside.Now(() => b.N = 2); b.N = 1; return b; }
            public static Base CreatePassed() { var b = new Base(); Outside.Use(b); b.N = 1; return b; } //~ MML2004
            public static Base CreateInitializer() => new() { N = 3 };
            public static Base CreateInArray() { var b = new Base(); var a = new Base[1]; a[0] = b; b.N = 1; return b; } //~? MML2004
            public static Base CreateAliased() { var b = new Base(); var c = b; c.N = 1; b.N = 2; return b; }
            public static Base CreateReceiver() { var b = new Base(); b.Public(); b.N = 1; return b; }
            public void Public() { }
            private static Base? s_last;
            ~Base() { N = 1; Need(); } //~? MML2001
        }
        public class Derived : Base
        {
            public Derived() { N = 2; Need(); }
            public void M() { N = 3; } //~ MML2004
        }
        public sealed class Eager
        {
            private readonly Gate _gate = new();
            [GuardedBy("_gate")] private int _n;
            private int _x = 1;
            [MustHold("_gate")] private int Need() => _n;
            [MustHold("Gate")] private static int NeedStatic() => s_n;
            private static readonly Gate Gate = new();
            [GuardedBy("Gate")] private static int s_n = 3;
            private static int s_y = NeedStatic();
            static Eager() { s_n = 1; NeedStatic(); }
            public Eager() { s_n = 2; } //~ MML2004
        }
        """);

    [Fact]
    public Task FreshObject_IsExemptUntilItEscapes() => LockScene.Marked("""
        public sealed class Tree { public readonly Gate Gate = new(); [GuardedBy("Gate")] public int N; public Tree? Left; }
        public static class Fresh
        {
            public static Tree Make() { var t = new Tree(); t.Left = new Tree(); t.Left.N = 1; t.N = 2; return t; }
            public static void Attach(Tree root) { var t = new Tree(); t.N = 1; root.Left = t; t.N = 2; } //~ MML2004
            public static void Into(Tree root) { var t = new Tree(); t.Left = root; t.Left.N = 1; } //~ MML2004
            public static Tree Loop(int n) { Tree? t = null; for (int i = 0; i < n; i++) { var x = new Tree(); x.N = i; x.Left = t; t = x; } return t!; }
            public static void Param(Tree t) { t.N = 1; } //~ MML2004
            public static Tree Conditional(bool b, Tree other) { var t = b ? new Tree() : other; t.N = 1; return t; } //~ MML2004
            public static void Out(out Tree t) { t = new Tree(); t.N = 1; } //~? MML2004
            public static void Local() { Make2().N = 1; Tree Make2() => new Tree(); } //~? MML2004
        }
        """);

    [Fact]
    public Task Finding_SaysWhatAndWhere() => LockScene.Told(
        """
        public sealed class Story
        {
            private readonly Gate _a = new();
            [{|#1:GuardedBy("_a")|}] private int _n;
            public void Write(bool b) { if (b) _a.Lock(); {|#0:_n|} = 1; if (b) _a.Unlock(); }
        }
        """,
        LockScene.Finding("MML2004").At(0).WithPlaces(1).WithMessage(
            "Writing 'Story._n' requires '_a' (class 'Story._a') held exclusively, which is not the case on some paths"));

    [Fact]
    public Task StructThatIsPassed_OwnsItsFields_NotWhatTheyLeadTo() => LockScene.Marked("""
        class Node { public readonly Gate Lock = new(); [GuardedBy("Lock")] public int Count; }
        struct Cursor
        {
            public Node Node;
            public readonly Gate Lock;
            [GuardedBy("Lock")] public int At;
        }

        static class Story
        {
            public static void Own(Cursor cursor) { cursor.At = 1; }
            public static void Led(Cursor cursor) { cursor.Node.Count = 1; } //~ MML2004
            public static void LedLocked(Cursor cursor) { cursor.Node.Lock.Lock(); cursor.Node.Count = 1; cursor.Node.Lock.Unlock(); }
            public static void InALocal(Node node) { var cursor = new Cursor { Node = node }; cursor.At = 1; cursor.Node.Count = 1; } //~ MML2004
        }
        """);

    [Fact]
    public Task IndexerOfAGuardedStruct_IsOneFinding() => LockScene.Marked("""
        struct Table { private int first; public int this[int at] { readonly get => first; set => first = value; } }

        class Story
        {
            readonly Gate gate = new();
            [GuardedBy("gate")] Table table;

            public void Written() { table[1] = 2; } //~ MML2004
            public int Read() { return table[1]; } //~ MML2003
            public void Locked() { gate.Lock(); table[1] = table[2]; gate.Unlock(); }
        }
        """);
}
