using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using Xunit;

namespace MmLock.Analyzers.Tests.Contracts;

/// <summary>What a lock expression names on its declaration.</summary>
public sealed class LockExpressionBinderTests
{
    private static string Show(LockExpression expression) => expression switch
    {
        PathExpression path => path.Root.Kind + (path.Root.Ordinal >= 0 ? $"#{path.Root.Ordinal}" : "") + string.Concat(
            path.Steps.Select(step => step switch
            {
                MemberStep member => $" {member.Member.ContainingType?.Name}.{member.Member.Name}",
                HiddenStep hidden => $" {hidden.Owner?.Name}?{hidden.Name}",
                ElementStep element => $" [{element.Index}]",
                ParameterElementStep element => $" [#{element.Ordinal}]",
                _ => " [*]",
            })),
        _ => expression.GetType().Name + " " + expression.Text,
    };

    private static string Bound(string method, string more = "", string before = "") => string.Join(
        "; ",
        ContractScene.Of(
            $$"""
            {{before}}
            namespace N
            {
                public class Base { protected Mu Inherited; public virtual Mu Virtual { get; } }
                public class Part { public Mu Gate; public static Mu Shared; public Part Next; }
                public class C<T> : Base where T : Part
                {
                    Mu _gate; static Mu s_gate; Part Part; Mu[] _many; T _item;
                    public override Mu Virtual { get; }
                    class Inner { public static Mu Deep; }
                    {{more}}
                    {{method}}
                }
            }
            """).Method("N.C`1.M").Clauses.SelectMany(clause => clause.Locks).Select(Show));

    [Theory]
    [InlineData("_gate", "This C._gate")]
    [InlineData("this._gate", "This C._gate")]
    [InlineData("s_gate", "Static C.s_gate")]
    [InlineData("Inherited", "This Base.Inherited")]
    [InlineData("Virtual", "This Base.Virtual")]
    [InlineData("p.Next.Gate", "Parameter#0 Part.Next Part.Gate")]
    [InlineData("_many[i]", "This C._many [#1]")]
    [InlineData("_many[*]", "This C._many [*]")]
    [InlineData("_item.Gate", "This C._item Part.Gate")]
    [InlineData("return.Gate", "Return Part.Gate")]
    [InlineData("Part.Shared", "Static Part.Shared")]
    [InlineData("Part.Gate", "This C.Part Part.Gate")]
    [InlineData("N.Part.Shared", "Static Part.Shared")]
    [InlineData("Inner.Deep", "Static Inner.Deep")]
    [InlineData("@rcu", "ContextExpression @rcu")]
    [InlineData("@any.name", "ClassExpression @any.name")]
    public void Roots(string text, string bound) =>
        Assert.Equal(bound, Bound($"[MustHold(\"{text}\")] Part M(Part p, int i) => null;"));

    [Fact]
    public void Type_IsFoundThroughUsings() => Assert.Equal(
        "Static Far.Gate",
        Bound("[MustHold(\"Far.Gate\")] void M() { }", before: "using Elsewhere; namespace Elsewhere { class Far { public static Mu Gate; } }"));

    [Fact]
    public void Alias_IsAType() => Assert.Equal(
        "Static Far.Gate",
        Bound(
            "[MustHold(\"F.Gate\")] void M() { }",
            before: "using F = Elsewhere.Far; namespace Elsewhere { class Far { public static Mu Gate; } }"));

    [Fact]
    public void NameOf_IsAnExpression() => Assert.Equal("This C._gate", Bound("[MustHold(nameof(_gate))] void M() { }"));

    [Fact]
    public void Task_IsAwaitedByReturn() => Assert.Equal(
        "Return Part.Gate", Bound("[Acquires(\"return.Gate\")] System.Threading.Tasks.Task<Part> M() => null;"));

    [Fact]
    public void PrimaryParameter_IsAMemberOfThis()
    {
        var scene = ContractScene.Of("class C(Mu gate) { [MustHold(\"gate\")] void M() { gate.Lock(); } }");
        var path = Assert.IsType<PathExpression>(scene.Method("C.M").Clauses.Single().Locks.Single());
        Assert.Equal(PathRootKind.This, path.Root.Kind);
        Assert.IsAssignableFrom<IParameterSymbol>(Assert.IsType<MemberStep>(path.Steps.Single()).Member);
    }

    [Fact]
    public void LocalFunction_NamesWhatItCaptures()
    {
        var scene = ContractScene.Of(
            "class C { void M(Mu outer) { var local = new Mu(); F(outer); [MustHold(\"local\", \"outer\", \"own\")] void F(Mu own) { } } }");
        var roots = scene.Nested().Clauses.Single().Locks.Select(expression => ((PathExpression)expression).Root).ToList();
        Assert.Equal(PathRootKind.Captured, roots[0].Kind);
        Assert.Equal(scene.Local("local"), roots[0].Symbol, SymbolEqualityComparer.Default);
        Assert.Equal("outer", roots[1].Symbol?.Name);
        Assert.Equal(0, roots[2].Ordinal);
    }

    [Fact]
    public void Lambda_NamesWhatItCaptures()
    {
        var scene = ContractScene.Of(
            "class C { Mu _gate; void M() { var local = new Mu(); var f = [MustHold(\"local\", \"_gate\")] () => { }; } }");
        Assert.Equal(["Captured", "This C._gate"], scene.Nested().Clauses.Single().Locks.Select(Show));
    }

    [Fact]
    public void PrivateMemberOfAnotherAssembly_IsKnownByName()
    {
        var scene = ContractScene.Using(
            "public class Door { Mu _gate = new Mu(); [Acquires(\"_gate\")] public void Open() { _gate.Lock(); } }",
            "class User { void M(Door d) { d.Open(); } }");
        var expression = scene.Method("Door.Open").Clauses.Single().Locks.Single();
        Assert.Equal("This Door?_gate", Show(expression));
        Assert.Equal("Door._gate", scene.Cache.ClassOf(expression)?.Id);
    }

    [Fact]
    public void TypeWhoseUsingIsGone_IsFoundByItsName() => Assert.Equal(
        "Static Far.Gate",
        Show(ContractScene.Using(
            "namespace A { public static class Far { public static Mu Gate; } } namespace B { using A; public class Door { [Acquires(\"Far.Gate\")] public void Open() { } } }",
            "class User { }").Method("B.Door.Open").Clauses.Single().Locks.Single()));

    [Fact]
    public void SlipIsMarkedInsideTheLiteral_WithTheNearestName()
    {
        var scene = ContractScene.Of("class C { Mu _gate; [MustHold(\"this._gaet\")] void M() { } }");
        Assert.Equal(["_gaet"], scene.Squiggles("MML9001"));
        Assert.Contains("_gate", scene.Problems().Single().Nearest);
    }

    [Theory]
    [InlineData("class C { Mu _gate; [MustHold(\"_gate\")] static void M() { } }", "_gate")]
    [InlineData("class C { [MustHold(\"this\")] static void M() { } }", "this")]
    [InlineData("class C { Mu _gate; [GuardedBy(\"_gate\")] static int _x; }", "_gate")]
    [InlineData("class C { [MustHold(\"return\")] void M() { } }", "return")]
    [InlineData("class C { [Acquires] void M() { } }", "Acquires")]
    [InlineData("class C { [MustHold(\"C\")] void M() { } }", "C")]
    [InlineData("class C { Mu[] _many; [MustHold(\"_many[j]\")] void M(int i) { } }", "j")]
    [InlineData("class C { Mu _gate; [MustHold(\"_gate[0]\")] void M() { } }", "0")]
    [InlineData("class C { [MustHold(\"M.X\")] void M() { } }", "M")]
    [InlineData("class C { [TryAcquires(\"this\", Result = \"takn\")] void M(out bool taken) { taken = true; } }", "takn")]
    [InlineData("class C { enum E { Done } [TryAcquires(\"this\", OnValue = \"Dome\")] E M() => default; }", "Dome")]
    [InlineData("class C { [SavesIrq(\"flag\")] void M(out ulong flags) { flags = 0; } }", "flag")]
    [InlineData("class C { [GuardedBy] int _x; }", "GuardedBy")]
    [InlineData("[assembly: ExternalContract(\"M:No.Such\", \"Acquires(this)\")]", "M:No.Such")]
    [InlineData("[assembly: ExternalContract(\"M:System.Object.ToString\", \"Aquires(this)\")]", "Aquires(this)")]
    [InlineData("[assembly: ExternalContract(\"M:System.Object.ToString\", \"Acquires(that)\")]", "Acquires(that)")]
    public void Slips_AreMarked(string text, string squiggle) =>
        Assert.Equal([squiggle], ContractScene.Of(text).Squiggles("MML9001"));

    [Theory]
    [InlineData("class C { string _text; [MustHold(\"_text\")] void M() { } }", "_text")]
    [InlineData("class C { [MustHold(\"M\")] void M() { } }", "M")]
    [InlineData("class C<T> where T : struct { T _value; [MustHold(\"_value\")] void M() { } }", "_value")]
    public void ThingsThatAreNoLocks_AreMarked(string text, string squiggle) =>
        Assert.Equal([squiggle], ContractScene.Of(text).Squiggles("MML9002"));

    [Theory]
    [InlineData("class C<T> { T _value; [MustHold(\"_value\")] void M() { } }")]
    [InlineData("class C { dynamic _value; [MustHold(\"_value.Any\")] void M() { } }")]
    [InlineData("class C { Missing _value; [MustHold(\"_value.Any\")] void M() { } }")]
    [InlineData("class C { Mu[] _many; [MustHold(\"_many\")] void M() { } }")]
    public void WhatMayBeALock_IsNotMarked(string text) => Assert.Empty(ContractScene.Of(text).Problems());
}
