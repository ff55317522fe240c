using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;
using Xunit;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Tests.Contracts;

/// <summary>What a method's contract is: own, inherited, of its property or delegate type, or the table's.</summary>
public sealed class MethodContractTests
{
    private static string[] Clauses(MethodContract contract) =>
        [.. contract.Clauses.Select(clause => $"{clause.Kind} {clause.Mode} {string.Join(",", clause.Locks)}")];

    [Fact]
    public void Inherited_BindsParametersByPosition()
    {
        var scene = ContractScene.Of(
            """
            class Item { public Mu Gate; }
            abstract class A { [MustHold("item.Gate")] public abstract void Visit(Item item); }
            class B : A { public override void Visit(Item thing) { } }
            """);
        var contract = scene.Method("B.Visit");
        Assert.True(contract.IsDeclared);
        Assert.Equal("A", contract.DeclaredOn?.ContainingType.Name);
        Assert.Equal(0, ((PathExpression)contract.Clauses.Single().Locks.Single()).Root.Ordinal);
    }

    [Theory]
    [InlineData("public void Put() { }", "C.Put")]
    [InlineData("void I.Put() { }", "C.I.Put")]
    public void Implemented_SpeaksOfTheClassesOwnMember(string implementation, string name)
    {
        var scene = ContractScene.Of(
            $$"""
            interface I { Mu Gate { get; } [MustHold("Gate")] void Put(); }
            class C : I { public Mu Gate { get; } {{implementation}} }
            """);
        var method = scene.Type("C").GetMembers().OfType<IMethodSymbol>().Single(m => m.Name.EndsWith("Put"));
        Assert.EndsWith(name[2..], method.Name);
        var step = (MemberStep)((PathExpression)scene.Cache.Method(method).Clauses.Single().Locks.Single()).Steps.Single();
        Assert.Equal("C", step.Member.ContainingType.Name);
    }

    [Fact]
    public void NoLockAnalysis_IsNoContract()
    {
        var scene = ContractScene.Of(
            """
            class A { public Mu Gate; [MustHold("Gate")] public virtual void M() { } }
            class B : A { [NoLockAnalysis("trusted")] public override void M() { } }
            """);
        Assert.True(scene.Method("B.M").NoAnalysis);
        Assert.Equal(["MustHold Exclusive Gate"], Clauses(scene.Method("B.M")));
        Assert.False(scene.Cache.IsAnalysed(scene.MethodSymbol("B.M")));
        Assert.True(scene.Cache.IsAnalysed(scene.MethodSymbol("A.M")));
    }

    [Fact]
    public void ReferencesOfItsOwn_DoNotHideTheInheritedContract()
    {
        var scene = ContractScene.Of(
            """
            class A { public Mu Gate; [MustHold("Gate")] public virtual void M(object o) { } }
            class B : A { public override void M([MustHoldRef] object o) { } }
            """);
        Assert.Equal(["MustHold Exclusive Gate"], Clauses(scene.Method("B.M")));
        Assert.Equal([(RefKind.MustHold, 0)], scene.Method("B.M").References.Select(clause => (clause.Kind, clause.Ordinal)));
    }

    [Fact]
    public void Property_SpeaksForBothAccessors_AndAccessorsForThemselves()
    {
        var scene = ContractScene.Of(
            """
            class C
            {
                Mu _gate, _other;
                [MustHold("_gate")] public int Both { get => 0; [MustNotHold("_other")] set { } }
            }
            """);
        Assert.Equal(["MustHold Exclusive _gate"], Clauses(scene.Method("C.get_Both")));
        Assert.Equal(["MustNotHold Shared _other", "MustHold Exclusive _gate"], Clauses(scene.Method("C.set_Both")));
    }

    [Fact]
    public void SlipOnAProperty_IsReportedOnce() => Assert.Equal(
        ["_gat", "_gta"],
        ContractScene.Of("class C { Mu _gate; [MustHold(\"_gat\")] public int P { get; [MustHold(\"_gta\")] set; } }").Squiggles("MML9001"));

    [Fact]
    public void PartialHalves_AreMerged()
    {
        var scene = ContractScene.Of(
            "partial class C { Mu _a, _b; [MustHold(\"_a\")] partial void M(); } partial class C { [MustHold(\"_b\")] partial void M() { } }");
        var definition = scene.MethodSymbol("C.M");
        Assert.Equal(2, scene.Cache.Method(definition).Clauses.Length);
        Assert.Same(scene.Cache.Method(definition), scene.Cache.Method(definition.PartialImplementationPart!));
    }

    [Fact]
    public void DelegateType_GivesItsContract()
    {
        var scene = ContractScene.Of("class One { public Mu Gate; } [MustHold(\"t.Gate\")] delegate void Work(One t);");
        Assert.Equal(["MustHold Exclusive t.Gate"], Clauses(scene.Cache.DelegateContract(scene.Type("Work"))));
    }

    [Theory]
    [InlineData("[TryAcquires] bool M() => true;", nameof(OutcomeKind.True), -1, null)]
    [InlineData("[TryAcquires] C M() => null;", nameof(OutcomeKind.NotNull), -1, null)]
    [InlineData("[TryAcquires(On = Outcome.False)] int M() => 0;", nameof(OutcomeKind.Zero), -1, null)]
    [InlineData("[TryAcquires] System.Threading.Tasks.Task<bool> M() => null;", nameof(OutcomeKind.True), -1, null)]
    [InlineData("[TryAcquires(On = Outcome.Zero)] int M() => 0;", nameof(OutcomeKind.Zero), -1, null)]
    [InlineData("[TryAcquires(Result = \"taken\")] void M(int i, out bool taken) => taken = true;", nameof(OutcomeKind.True), 1, null)]
    [InlineData("[TryAcquires(On = Outcome.Null, OnValue = \"Got\")] E M() => E.Got;", nameof(OutcomeKind.Value), -1, 7)]
    [InlineData("[TryAcquires(OnValue = \"E.Got\", Result = \"e\")] void M(out E e) => e = E.Got;", nameof(OutcomeKind.Value), 0, 7)]
    [InlineData("[TryAcquires(OnValue = \"Busy\")] int M() => 0; const int Busy = 16;", nameof(OutcomeKind.Value), -1, 16)]
    [InlineData("[TryAcquires(OnValue = \"-11\")] int M() => 0;", nameof(OutcomeKind.Value), -1, -11)]
    public void Outcomes(string method, string kind, int ordinal, object? constant) => Assert.Equal(
        new OutcomeTest(System.Enum.Parse<OutcomeKind>(kind), ordinal, constant),
        ContractScene.Of($"enum E {{ No, Got = 7 }} [LockType(LockKind.Mutex)] class C {{ {method} }}")
            .Method("C.M").Clauses.Single().Outcome);

    [Fact]
    public void ReleaseWithoutAnOutcome_HasNone_AndWithOneHasIt()
    {
        var scene = ContractScene.Of(
            "[LockType(LockKind.Mutex)] class C { [Releases] bool A() => true; [Releases(On = Outcome.True)] bool B() => true; }");
        Assert.Null(scene.Method("C.A").Clauses.Single().Outcome);
        Assert.Equal(new(OutcomeKind.True), scene.Method("C.B").Clauses.Single().Outcome);
    }

    [Fact]
    public void Flags_AreAParameterOrTheResult()
    {
        var scene = ContractScene.Of(
            "class C { [SavesIrq(\"flags\")] void A(int i, out ulong flags) => flags = 0; [SavesIrq(\"return\")] ulong B() => 0; }");
        Assert.Equal(1, scene.Method("C.A").Switches.Single().FlagsOrdinal);
        Assert.Equal(-1, scene.Method("C.B").Switches.Single().FlagsOrdinal);
    }

    [Fact]
    public void Guards_MakeDisposeAndGovern()
    {
        var scene = ContractScene.Of(
            """
            [ScopedLock] class G : System.IDisposable
            {
                G(Mu l) { }
                [Acquires("l")] public static G Take(Mu l) => new(l);
                [Governs("l")] public static System.Threading.Tasks.Task<G> Adopt(Mu l) => null;
                [Releases] public void Early() { }
                public void Dispose() { }
            }
            [ScopedLock] ref struct S { [Acquires("l")] public S(Mu l) { } public void Dispose() { } }
            [LockType(LockKind.Mutex)] class L { [Acquires] public G Enter() => null; }
            """);
        Assert.True(scene.Method("G.Take").MakesGuard);
        Assert.True(scene.Method("G.Adopt").MakesGuard);
        Assert.True(scene.Method("L.Enter").MakesGuard);
        Assert.True(scene.Cache.Method(scene.Type("S").InstanceConstructors.Single(c => c.Parameters.Length == 1)).MakesGuard);
        Assert.False(scene.Method("G.Early").MakesGuard);
        Assert.IsType<GovernedExpression>(scene.Method("G.Early").Clauses.Single().Locks.Single());
        Assert.True(scene.Method("G.Dispose").DisposesGuard);
        Assert.True(scene.Method("S.Dispose").DisposesGuard);
    }

    [Fact]
    public void AttributesDeclaredInSource_CountByName()
    {
        var scene = ContractScene.Bare(
            """
            namespace MmLock
            {
                enum Outcome { Never, Zero = 5 }
                class TryAcquiresAttribute(params string[] locks) : System.Attribute { public Outcome On { get; set; } }
                class MustHoldAttribute(string one) : System.Attribute { }
            }
            class C { object _gate; [MmLock.TryAcquires("_gate", On = MmLock.Outcome.Zero)] int M() => 0; [MmLock.MustHold("_gate")] void N() { } }
            """);
        Assert.Equal(OutcomeKind.Zero, scene.Method("C.M").Clauses.Single().Outcome?.Kind);
        Assert.Equal(["MustHold Exclusive _gate"], Clauses(scene.Method("C.N")));
    }

    [Fact]
    public void NamesakesInOtherNamespaces_AreNotOurs()
    {
        var scene = ContractScene.Bare(
            "namespace Other { class MustHoldAttribute(string one) : System.Attribute { } } class C { object _gate; [Other.MustHold(\"_gate\")] void M() { } }");
        Assert.Same(MethodContract.None, scene.Method("C.M"));
    }

    [Fact]
    public void ExternalContract_ExtendsTheTable()
    {
        var scene = ContractScene.Using(
            """
            namespace Lib { public class Latch { public int Level; public Latch Owner; public void Down(int ms) { } public void Up() { } } }
            """,
            """
            [assembly: ExternalContract("T:Lib.Latch", "LockType(LockKind.Spin, Reentrant = true)")]
            [assembly: ExternalContract("M:Lib.Latch.Down(System.Int32)", "Acquires(this)", "NeverSleeps")]
            [assembly: ExternalContract("M:Lib.Latch.Up", "Releases(\"this\")")]
            [assembly: ExternalContract("F:Lib.Latch.Level", "GuardedBy(Owner)")]
            """);
        Assert.Empty(scene.Problems());
        Assert.Equal(new LockType(Model.LockKind.Spin, true, true, true), scene.Cache.LockTypeOf(scene.Type("Lib.Latch")));
        Assert.Equal(["Acquires Exclusive this"], Clauses(scene.Method("Lib.Latch.Down")));
        Assert.True(scene.Method("Lib.Latch.Down").NeverSleeps);
        Assert.Equal(["Releases Exclusive this"], Clauses(scene.Method("Lib.Latch.Up")));
        Assert.Equal(GuardKind.GuardedBy, scene.Field("Lib.Latch.Level").Guards.Single().Kind);
    }

    [Fact]
    public void InterestingNames_AreThoseThatAskSomething()
    {
        var names = ContractScene.Of(
            """
            using Held = MmLock.MustHoldAttribute;
            class C
            {
                Mu _gate; [LockClass("x")] Mu _classed;
                [Held("_gate")] void Aliased() { }
                [MmLock.GuardedByAttribute("_gate")] int _guarded, _alsoGuarded;
                int Property { [MustHold("_gate")] get; }
                void Parameter([InvokedHere] System.Action a) { }
                void Plain() { }
                [System.Obsolete] void Other() { }
            }
            [GuardedBy("Gate")] class T { Mu Gate; int _under; }
            [ScopedLock] ref struct G { public void Dispose() { } }
            """).Cache.InterestingNames;
        Assert.Superset(
            new[] { "Aliased", "_guarded", "_alsoGuarded", "Property", "Parameter", "_under", "G", "Enter", "WaitOne" }.ToHashSet(), names.ToHashSet());
        Assert.DoesNotContain("Plain", names);
        Assert.DoesNotContain("Other", names);
        Assert.DoesNotContain("_classed", names);
        Assert.DoesNotContain("Dispose", names);
    }

    [Fact]
    public void InterestingNames_ComeFromAnnotatedReferencesToo()
    {
        var cache = ContractScene.Using(
            "public class Door { public Mu Gate; [Acquires(\"Gate\")] public void Open() { } [GuardedBy(\"Gate\")] public int Count; public void Knock() { } public int this[int i] { [MustHold(\"Gate\")] get => 0; } }",
            "class User { }").Cache;
        Assert.Superset(new[] { "Open", "Count" }.ToHashSet(), cache.InterestingNames.ToHashSet());
        Assert.DoesNotContain("Knock", cache.InterestingNames);
        Assert.Contains(MmLock.Analyzers.Contracts.SourceScan.Indexer, cache.InterestingNames);
    }

    [Fact]
    public void PlainCode_IsInterestedInTheTableOnly()
    {
        var cache = ContractScene.Bare("class C { void M() { } }").Cache;
        Assert.False(cache.HasAnnotations);
        Assert.Contains("EnterWriteLock", cache.InterestingNames);
        Assert.DoesNotContain("Select", cache.InterestingNames);
        Assert.DoesNotContain("Add", cache.InterestingNames);
    }

    [Theory]
    [InlineData("[MustHold(\"_a\"), MustNotHold(\"_a\")] void M() { }")]
    [InlineData("[Acquires(\"_a\"), MustHold(\"_a\")] void M() { }")]
    [InlineData("[Acquires(\"_a\"), Releases(\"_a\")] void M() { }")]
    [InlineData("[TryAcquires(\"_a\"), MustHold(\"_a\")] bool M() => true;")]
    [InlineData("[MayAcquire(\"_a\"), MustHold(\"_a\")] void M() { }")]
    [InlineData("[MaySleep, NeverSleeps] void M() { }")]
    [InlineData("[WaitsForReaders(\"@rcu\"), NeverSleeps] void M() { }")]
    [InlineData("[WaitsForReaders(\"@rcu\"), MustHold(\"@rcu\")] void M() { }")]
    [InlineData("[RunsIn(ExecutionContext.Hardirq), MaySleep] void M() { }")]
    [InlineData("[MustHold(\"_spin\"), MaySleep] void M() { }")]
    [InlineData("[MustHold(\"@irq\"), MaySleep] void M() { }")]
    [InlineData("[MustHold(\"_spin\"), MustNotHold(\"@preempt\")] void M() { }")]
    [InlineData("[MustHold(\"@irq\"), MustNotHold(\"@preempt\")] void M() { }")]
    [InlineData("[RunsIn(ExecutionContext.Hardirq), MustNotHold(\"@irq\")] void M() { }")]
    [InlineData("[MustHoldAny(\"_a\", \"_b\"), MustNotHold(\"_b\", \"_a\")] void M() { }")]
    [InlineData("[MustHold(\"_a\"), MustNotHold(\"@C._a\")] void M() { }")]
    [InlineData("void M([MustHoldRef, MustNotHoldRef] object o) { }")]
    [InlineData("[TryAcquires(\"_a\")] void M() { }")]
    [InlineData("[AssertsHeld(\"_a\"), AssertsNotHeld(\"_a\")] void M() { }")]
    public void Contradictions_AreFoundOnce(string method) =>
        Assert.Single(ContractScene.Of($"class C {{ Mu _a, _b; Spin _spin; {method} }}").Squiggles("MML9005"));

    [Theory]
    [InlineData("[MustHold(\"_a\"), MustNotHold(\"_b\")] void M() { }")]
    [InlineData("[Releases(\"locked._a\"), Acquires(\"return._a\")] C M(C locked) => locked;")]
    [InlineData("[Releases(\"_spin\"), MaySleep] void M() { }")]
    [InlineData("[Drops(\"_spin\"), MaySleep] void M() { }")]
    [InlineData("[MustHold(\"_a\"), MaySleep] void M() { }")]
    [InlineData("[MustHold(\"@rcu\"), AcquiresShared(\"@rcu\")] void M() { }")]
    [InlineData("[MustHold(\"_a\"), MustHold(\"_a\")] void M() { }")]
    [InlineData("[MustHold(\"_a\"), MustHoldShared(\"_a\")] void M() { }")]
    [InlineData("[WaitsForReaders(\"@rcu\"), MustHold(\"@rcu_bh\")] void M() { }", "MaySleep")]
    [InlineData("[TryAcquires(\"_a\"), Releases(\"_a\", On = Outcome.False)] bool M() => true;")]
    [InlineData("[RunsIn(ExecutionContext.Softirq), MustNotHold(\"@irq\")] void M() { }")]
    public void WhatACallerCanSatisfy_IsQuiet(string method, string? but = null) => Assert.Equal(
        but is null ? 0 : 1, ContractScene.Of($"class C {{ Mu _a, _b; Spin _spin; {method} }}").Squiggles("MML9005").Length);

    [Theory]
    [InlineData("[MustHold(null)]")]
    [InlineData("[MustHold((string)null)]")]
    [InlineData("[MustHold(1)]")]
    [InlineData("[MustHold(new string[] { null, \"_gate\" })]")]
    [InlineData("[MustHold(]")]
    [InlineData("[MustHold(\"_gate\", Missing = 3)]")]
    [InlineData("[RunsIn((ExecutionContext)77)]")]
    [InlineData("[TryAcquires(\"_gate\", On = (Outcome)77, Result = null)]")]
    [InlineData("[SavesIrq(null)]")]
    [InlineData("[RcuAccessor]")]
    [InlineData("[RcuAccessor(RcuRole.Peek, Flavor = \"[\")]")]
    [InlineData("[SameLock(\"_gate\")]")]
    [InlineData("[LockClass]")]
    [InlineData("[ReturnsLock(")]
    [InlineData("[MustHold(typeof(C))]")]
    public void HalfTyped_NeverThrows(string attribute)
    {
        var scene = ContractScene.Of(
            $$"""
            [assembly: LockHierarchy(null)]
            [assembly: ExternalContract(null, null)]
            [assembly: ExternalContract("M:", "(", ")", "Acquires(", "Acquires)", "RunsIn()", "LockType()")]
            class A : B { } class B : A { }
            [LockType((LockKind)99)] class Odd { }
            class C : Missing<C> { Mu _gate; {{attribute}} int M(int x, ) => 0; [GuardedBy(null)] int _x; [LockClass(null)] Mu _y; [AcquiredBefore(null, "[")] Mu _z; [RcuGuarded(null)] object _r; {{attribute}} [StableUnder("_gate", Exclusive = null)] int P { get; }
            """);
        _ = scene.Problems();
        _ = scene.Cache.InterestingNames;
        _ = scene.Cache.LockTypeOf(scene.Type("A"));
        foreach (var member in scene.Type("C").GetMembers())
        {
            _ = scene.Cache.Field(member);
            _ = scene.Cache.ClassOf(member);
            if (member is IMethodSymbol method)
                _ = scene.Cache.Method(method);
        }
    }
}
