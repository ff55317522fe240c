using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace MmLock.Analyzers.Tests.Hosts;

/// <summary>Which bodies reach the analysis, and when.</summary>
public sealed class GatheringTests
{
    [Fact]
    public async Task EveryKindOfBody_IsDeliveredWithAGraph()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", """
            using System;
            class B { public B(object o) { } }
            class C(object o) : B(F(() => { lock (typeof(C)) { } return 1; }))
            {
                object f1 = F(() => { lock (typeof(C)) { } return 1; }), f2 = F(() => { lock (typeof(C)) { } return 2; });
                static object s = F(() => { lock (typeof(C)) { } return 1; });
                event Action E1 = () => { lock (typeof(C)) { } };
                event Action E2 { add { lock (this) { } } remove { lock (this) { } } }
                object P1 { get; } = F(() => { lock (typeof(C)) { } return 1; });
                object P2 => F(() => { lock (typeof(C)) { } return 1; });
                object P3 { get => F(() => { lock (typeof(C)) { } return 1; }); set { lock (this) { } } }
                object this[int i] => F(() => { lock (typeof(C)) { } return 1; });
                C(string t) : this((object)t) { lock (this) { } }
                C(int t) : this(F(() => { lock (typeof(C)) { } return t; })) { }
                static C() { lock (typeof(C)) { } }
                ~C() { lock (this) { } }
                public static C operator +(C x, C y) { lock (x) { return y; } }
                public static implicit operator int(C x) { lock (x) { return 1; } }
                static object F(Func<int> g) { lock (g) { return g(); } }
                void Arrow() => F(() => { lock (this) { } return 1; });
                void Local() { void L() { lock (this) { } } L(); }
                class Nested { void InNested() { lock (this) { } } }
            }
            """)));

        Assert.Equal(
            [".ctor:True", "f1:True", "f2:True", "s:True", "E1:True", "add_E2:True", "remove_E2:True", "P1:True", "get_P2:True",
             "get_P3:True", "set_P3:True", "get_Item:True", ".ctor:True", ".ctor:True", ".cctor:True", "Finalize:True",
             "op_Addition:True", "op_Implicit:True", "F:True", "Arrow:True", "Local:True", "InNested:True"],
            run.BodiesOf("C"));
    }

    [Fact]
    public async Task TopLevelCodeExtensionsAndInterfaces_AreBodies()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("Program.cs", """
            lock (args) { }
            System.Console.WriteLine();
            static class Ext { extension(string s) { public void Inside() { lock (s) { } } } }
            interface I { void Default() { lock (this) { } } }
            record R(int A) { public int Q { get { lock (this) { return A; } } } }
            """)));

        Assert.Equal(["<Main>$:True"], run.BodiesOf("Program"));
        Assert.Equal(["Inside:True"], run.BodiesOf("Ext"));
        Assert.Equal(["Default:True"], run.BodiesOf("I"));
        Assert.Equal(["get_Q:True"], run.BodiesOf("R"));
    }

    [Fact]
    public async Task BodiesWithoutLocks_AreNotAsked()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", """
            class Quiet { void M() { /* lock (this) */ var s = "lock"; var @lock = s; } int locks; int P => locks; }
            class Loud { void M() { lock (this) { } } void N() { } void lockAll() { } }
            """)));

        // A verbatim identifier is spelled like the keyword; one look too many does no harm.
        Assert.DoesNotContain(run.Runs, r => r.Type == "Quiet" && r.Bodies.Length > 1);
        Assert.Equal(["M:True"], run.BodiesOf("Loud"));
    }

    [Fact]
    public async Task BodiesOfAnnotatedMembers_AreDeliveredWhateverTheyName()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", """
            using MmLock;
            class C
            {
                [Acquires("Gate")] int Both { get { return 1; } set { } }
                object Gate = new();
                [GuardedBy("Gate")] int this[int i] => i;
                int Element(C c) => c[1];
                int NoElement(C c) => 1;
            }
            class Derived : Base { protected override void Take() { } void Other() { } }
            class Base { [Acquires("this")] protected virtual void Take() { } }
            """)));

        Assert.Equal(["get_Both:True", "set_Both:True", "get_Item:True", "Element:True"], run.BodiesOf("C"));
        Assert.Equal(["Take:True"], run.BodiesOf("Derived"));
    }

    [Fact]
    public async Task AnnotatedOperators_MayStandAnywhere()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", """
            using MmLock;
            class C { [MustHold("x")] public static C operator +(C x, C y) => x; C Add(C a, C b) => a + b; }
            """)));

        Assert.Equal(["op_Addition:True", "Add:True"], run.BodiesOf("C"));
    }

    [Fact]
    public async Task CallersInsideTheType_ComeAlong()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", """
            class C
            {
                void Taker() { lock (this) { } }
                void Caller() { Taker(); }
                int CallerOfCaller => Inner.Far(this);
                void Unrelated() { System.Console.WriteLine(); }
                class Inner { public static int Far(C c) { c.Caller(); return 1; } void Dispose() { lock (this) { } } }
                void User() { using (null) { } }
            }
            """)));

        Assert.Equal(
            ["Taker:True", "Caller:True", "get_CallerOfCaller:True", "Far:True", "Dispose:True", "User:True"],
            run.BodiesOf("C"));
    }

    [Fact]
    public async Task PartsInOtherFiles_AreThereInAnEditorToo()
    {
        var compilation = HostRun.Compile(
            ("a.cs", "partial class C { void A() { lock (this) { } } partial class N { void NA() { lock (this) { } } }"
                + " void P() { lock (this) { } } } class Other { void O() { lock (this) { } } }"),
            ("b.cs", "partial class C { void B() { lock (this) { } } partial class N { void NB() { lock (this) { } } } "
                + "class OnlyInB { void OB() { lock (this) { } } class Deep { void D() { lock (this) { } } } } }"),
            ("c.cs", "class Elsewhere { void E() { lock (this) { } } }"));
        var run = new HostRun();
        await run.Live(compilation, "a.cs");

        Assert.Equal(
            ["A:True", "NA:True", "P:True", "B:True", "NB:True", "OB:True", "D:True"],
            run.BodiesOf("C"));
        Assert.Equal(["O:True"], run.BodiesOf("Other"));
        Assert.DoesNotContain(run.Runs, r => r.Type == "Elsewhere");
        Assert.Equal(0, run.ProgramRuns);
    }

    [Fact]
    public async Task EveryType_RunsOnceAndTheProgramLast()
    {
        var source = string.Concat(Enumerable.Range(0, 50).Select(i =>
            $"class C{i} {{ void M() {{ lock (this) {{ }} }} class N {{ void M() {{ lock (this) {{ }} }} class D {{ }} }} }}\n"));
        var run = new HostRun();
        await run.Build(HostRun.Compile(("a.cs", source)));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"C{i}").Order(), run.Runs.Select(r => r.Type).Order());
        Assert.All(run.Runs, r => Assert.Equal(["M:True", "M:True"], r.Bodies));
        Assert.Equal(1, run.ProgramRuns);
    }

    [Fact]
    public async Task GeneratedParts_AreDelivered()
    {
        var run = new HostRun();
        await run.Build(HostRun.Compile(
            ("a.cs", "partial class C { void A() { lock (this) { } } }"),
            ("a.g.cs", "// <auto-generated/>\npartial class C { void B() { lock (this) { } } }")));

        Assert.Equal(["A:True", "B:True"], run.BodiesOf("C"));
    }

    [Fact]
    public async Task BrokenCode_DoesNotThrow()
    {
        var run = new HostRun();
        var found = await run.Build(HostRun.Compile(("a.cs", """
            class C { void M() { lock (this { } if ( } int P { get { lock ( } } C( : this(lock) { } void M( { lock }
            partial class C : { int = 3; event lock; operator lock( }
            """)));

        Assert.Empty(found);
    }
}
