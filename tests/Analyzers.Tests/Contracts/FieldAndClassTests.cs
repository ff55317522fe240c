using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using Xunit;

namespace MmLock.Analyzers.Tests.Contracts;

/// <summary>Guards of data, and the identity of locks for ordering.</summary>
public sealed class FieldAndClassTests
{
    private static string[] Guards(FieldContract contract) =>
        [.. contract.Guards.Select(guard => $"{guard.Kind} {string.Join(",", guard.Locks)}")];

    [Fact]
    public void GuardsOnAType_ApplyToItsMutableFields()
    {
        var scene = ContractScene.Of(
            """
            [GuardedBy("Gate")] class C
            {
                public Mu Gate; public int Mutable; public readonly int Fixed; public const int Constant = 1; public static int Shared;
                public int Auto { get; set; } public int GetOnly { get; } public int InitOnly { get; init; } public int Computed => 1;
                [WriteGuardedBy("Gate")] public int Own;
            }
            """);
        Assert.Equal(["GuardedBy Gate"], Guards(scene.Field("C.Mutable")));
        Assert.Equal(["GuardedBy Gate"], Guards(scene.Field("C.Auto")));
        Assert.Equal(["WriteGuardedBy Gate", "GuardedBy Gate"], Guards(scene.Field("C.Own")));
        foreach (var name in new[] { "Gate", "Fixed", "Constant", "Shared", "GetOnly", "InitOnly", "Computed" })
            Assert.True(scene.Field("C." + name).IsEmpty, name);
    }

    [Fact]
    public void Property_IsItsBackingField_AndOverridesInherit()
    {
        var scene = ContractScene.Of(
            """
            class A { public Mu Gate; [GuardedBy("Gate")] public virtual int P { get; set; } [field: GuardedBy("Gate")] public int Q { get; set; } }
            class B : A { public override int P { get; set; } }
            """);
        Assert.Equal(["GuardedBy Gate"], Guards(scene.Field("B.P")));
        Assert.Equal(["GuardedBy Gate"], Guards(scene.Field("A.Q")));
        var backing = scene.Type("A").GetMembers().OfType<IFieldSymbol>().First(field => field.AssociatedSymbol?.Name == "P");
        Assert.Same(scene.Field("A.P"), scene.Cache.Field(backing));
    }

    [Fact]
    public void Generic_FieldHasOneContract()
    {
        var scene = ContractScene.Of("class C<T> { public Mu Gate; [GuardedBy(\"Gate\")] public T Value; }");
        var constructed = scene.Type("C`1").Construct(scene.Compilation.GetSpecialType(SpecialType.System_Int32));
        Assert.Same(scene.Field("C`1.Value"), scene.Cache.Field(constructed.GetMembers("Value").Single()));
    }

    [Fact]
    public void Rcu_HasFlavourAndUpdateLock()
    {
        var scene = ContractScene.Of(
            "static class T { public static Mu Lock; [RcuGuarded(UpdateLock = \"Lock\")] public static object A; [RcuGuarded(\"@rcu_bh\")] public static object B; }");
        Assert.Equal(ContextKind.Rcu, ((ContextExpression)scene.Field("T.A").Rcu!.Flavor).Context);
        Assert.Equal("Lock", scene.Field("T.A").Rcu!.UpdateLock!.Text);
        Assert.Equal("@rcu_bh", scene.Field("T.B").Rcu!.Flavor.Text);
    }

    [Fact]
    public void AlternativeThatDoesNotBind_AsksForNothing()
    {
        var scene = ContractScene.Of("class C { Mu _gate; [StableUnder(\"_gate\", \"_nothing\")] int _x; [GuardedBy(\"_gate\", \"_nothing\")] int _y; }");
        Assert.True(scene.Field("C._x").IsEmpty);
        Assert.Equal(["GuardedBy _gate"], Guards(scene.Field("C._y")));
    }

    [Fact]
    public void Class_IsTheDeclaringSymbolOrTheNameGiven()
    {
        var scene = ContractScene.Of(
            """
            namespace N
            {
                class A { public Mu Gate; [LockClass("named", Nesting = LockNesting.Ordered, TakenIn = IrqContext.Softirq | IrqContext.Hardirq)] public Mu Named; public virtual Mu P { get; } public Mu[] Many; [LockClass("many")] public Mu[] NamedMany; }
                class B : A { public override Mu P { get; } }
                [LockClass("typed")] [LockType(LockKind.Spin)] class Typed { }
                class User { public Typed T; public System.Collections.Generic.List<Typed> Ts; void M([LockClass("arg")] Mu a, Mu b) { } }
            }
            """);
        LockClass? Class(string name) => scene.Cache.ClassOf(scene.Member(name));
        Assert.Equal("N.A.Gate", Class("N.A.Gate")?.Id);
        Assert.Equal("A.Gate", Class("N.A.Gate")?.Display);
        Assert.Equal(Class("N.A.P"), Class("N.B.P"));
        var named = Class("N.A.Named")!;
        Assert.Equal(("named", Model.LockNesting.Ordered, Model.IrqContext.Hardirq), (named.Id, named.Nesting, named.TakenIn));
        Assert.Equal(Model.LockKind.Mutex, Class("N.A.Many")?.Type?.Kind);
        Assert.Equal("many", Class("N.A.NamedMany")?.Id);
        Assert.Equal("typed", Class("N.User.T")?.Id);
        Assert.Equal("typed", Class("N.User.Ts")?.Id);
        var parameters = scene.MethodSymbol("N.User.M").Parameters;
        Assert.Equal("arg", scene.Cache.ClassOf(parameters[0])?.Id);
        Assert.Null(scene.Cache.ClassOf(parameters[1]));
    }

    [Fact]
    public void Monitor_HasTheClassOfItsType()
    {
        var scene = ContractScene.Of("class C { object o; int[] a; } interface I { }");
        Assert.Equal("C", scene.Cache.MonitorClassOf(scene.Type("C"))?.Display);
        Assert.Null(scene.Cache.MonitorClassOf(scene.Type("I")));
        Assert.Null(scene.Cache.MonitorClassOf(((IFieldSymbol)scene.Member("C.o")).Type));
        Assert.Null(scene.Cache.MonitorClassOf(((IFieldSymbol)scene.Member("C.a")).Type));
    }

    [Fact]
    public void FindClass_KnowsNamesMembersAndTrees()
    {
        var scene = ContractScene.Using(
            "public class Far { [LockClass(\"far\")] public Mu Gate; public Mu Plain; }",
            "[assembly: LockHierarchy(\"far\\n  wait\")] class C { const string Name = \"near\"; [LockClass(Name)] Mu _a; Mu _b; class Inner { Mu _c; } }");
        Assert.Equal("Gate", scene.Cache.FindClass("far")?.Declaration?.Name);
        Assert.Equal("_a", scene.Cache.FindClass("near")?.Declaration?.Name);
        Assert.Equal("C._b", scene.Cache.FindClass("C._b")?.Id);
        Assert.Equal("C.Inner._c", scene.Cache.FindClass("Inner._c")?.Id);
        Assert.Equal("Far.Plain", scene.Cache.FindClass("Far.Plain")?.Id);
        Assert.NotNull(scene.Cache.FindClass("wait"));
        Assert.Null(scene.Cache.FindClass("wait")!.Declaration);
        Assert.Null(scene.Cache.FindClass("none"));
        Assert.Null(scene.Cache.FindClass("C._a"));
    }

    [Fact]
    public void Order_ReadsTreesAndEdgesAcrossAssemblies()
    {
        var scene = ContractScene.Using(
            "[assembly: LockHierarchy(\"far\\n  C._b\")] public class Far { [LockClass(\"far\")] public Mu Gate; }",
            "class C { Mu _b; [AcquiredAfter(\"_b\"), AcquiredBefore(\"@near\")] Mu _c; [LockClass(\"near\")] Mu _d; }");
        LockClass Class(string name) => scene.Cache.ClassOf(scene.Member(name))!;
        Assert.True(scene.Cache.Order.MustPrecede(Class("Far.Gate"), Class("C._d"), out _));
        Assert.Equal("far → C._b → C._c → near", scene.Cache.Order.Describe(Class("Far.Gate"), Class("C._d")));
        Assert.False(scene.Cache.Order.MustPrecede(Class("C._d"), Class("C._b"), out _));
        Assert.True(scene.Cache.Order.StandsInHierarchy(Class("C._b")));
        Assert.False(scene.Cache.Order.StandsInHierarchy(Class("C._c")));
    }

    [Fact]
    public void LockTypes_AreInherited_AndAskedOfConstraints()
    {
        var scene = ContractScene.Of(
            """
            class Sub : Base { } [LockType(LockKind.Mutex, ThreadAffine = false)] class Base { }
            [LockType(LockKind.Token)] interface IToken { } struct Impl : IToken { }
            class G<T> where T : Base { T _value; }
            """);
        Assert.Equal(new LockType(Model.LockKind.Mutex, false, false, true), scene.Cache.LockTypeOf(scene.Type("Sub")));
        Assert.Equal(Model.LockKind.Token, scene.Cache.LockTypeOf(scene.Type("Impl"))?.Kind);
        Assert.Equal(Model.LockKind.Mutex, scene.Cache.LockTypeOf(((IFieldSymbol)scene.Member("G`1._value")).Type)?.Kind);
        Assert.Null(scene.Cache.LockTypeOf(scene.Type("G`1")));
    }

    [Fact]
    public void PlainLock_BearsNothingOfOurs()
    {
        var scene = ContractScene.Of("class C { object _a; [LockClass(\"x\")] object _b; Mu _c; [AcquiredBefore(\"_a\")] object _d; System.Threading.Lock _e; }");
        Assert.Equal(
            ["_a", "_e"],
            new[] { "_a", "_b", "_c", "_d", "_e" }.Where(name => scene.Cache.IsPlainDotNetLock(scene.Member("C." + name))));
    }

    [Fact]
    public void SameLocks_AreInherited()
    {
        var scene = ContractScene.Of("[SameLock(\"Gate\", \"Part.Gate\")] class A { public Mu Gate; public A Part; } class B : A { }");
        Assert.Single(scene.Cache.SameLocks(scene.Type("B")));
    }
}
