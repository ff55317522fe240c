using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Flow.Walking;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Every branch to the exit of a real graph, and where it is said to leave: the marks, no more and no less.</summary>
public sealed class ExitLocatorTests
{
    [Fact]
    public void EmptyBody_LeavesAtItsBrace() => Check(GraphSource.OfMember("void M() { [|}|]"));

    [Fact]
    public void StatementsOnly_LeaveAtTheBrace() => Check(GraphSource.OfMember("void M() { x(); ; { y(); } [|}|]"));

    [Fact]
    public void LoneReturn_IsFound() => CheckBody("[|return;|]");

    [Fact]
    public void ReturnAfterACall_IsFound() => CheckBody("x(); [|return;|]");

    [Fact]
    public void ReturnsOfTwoIfs_AreKeptApart() =>
        Check(GraphSource.OfMember("void M() { if (a) [|return;|] if (b) { [|return;|] } x(); [|}|]"));

    [Fact]
    public void ElseIfChain_IsFollowed() => Check(GraphSource.OfMember(
        "void M() { if (a) [|return;|] else if (b) x(); else if (c) { y(); [|return;|] } else [|return;|] [|}|]"));

    [Fact]
    public void IfWithoutElseAtTheEnd_FallsOffTheBrace() =>
        Check(GraphSource.OfMember("void M() { if (a) { if (b) { x(); [|return;|] } } [|}|]"));

    [Fact]
    public void NestedIfs_AreFollowedOutwards() => Check(GraphSource.OfMember(
        "void M() { if (a) { if (b) { if (c) [|return;|] x(); } else { [|return;|] } } y(); [|}|]"));

    [Fact]
    public void ConditionBeforeACommonReturn_FindsTheReturn() => CheckBody("if (a) x(); [|return;|]");

    [Fact]
    public void Negation_FlipsTheSense() => CheckBody("if (!a) [|return;|] x(); [|return;|]");

    [Fact]
    public void And_LeavesThroughTheElse() => Check(GraphSource.OfMember(
        "void M() { if (a && b) { x(); } else { [|return;|] } y(); [|}|]"));

    [Fact]
    public void AndInside_LeavesThroughThen() => CheckBody("if (a && !(b && c)) [|return;|] x(); [|return;|]");

    [Fact]
    public void Or_LeavesThroughThen() => CheckBody("if (a || !b || c) [|return;|] x(); [|return;|]");

    [Fact]
    public void ConditionalCondition_IsFollowed() => CheckBody("if (a ? b : !c) [|return;|] x(); [|return;|]");

    [Fact]
    public void NullChecksAndPatterns_AreConditions() => CheckBody(
        "if (o == null) [|return;|] if (o is not string { Length: > 3 } t) { [|return;|] } if (p(t) is false) " +
            "[|return;|] x(); [|return;|]");

    [Fact]
    public void ConditionalAccess_DecidesInsideItsStatement() =>
        Check(GraphSource.OfMember("void M() { next?.next?.x(); [|}|]"));

    [Fact]
    public void CoalescingAssignment_DecidesInsideItsStatement() => CheckBody("s ??= \"t\"; [|return;|]");

    [Fact]
    public void ReturnedValues_AreTheirStatements() => CheckBody(
        "if (a) [|return 1;|] if (b) { [|return i;|] } [|return c ? 2 : i switch { 1 => 2, _ => 3 };|]", "int");

    [Fact]
    public void ReturnedLambda_IsItsStatement() => CheckBody("[|return () => { [|return 1;|] };|]", "Func<int>");

    [Fact]
    public void ExpressionBodies_AreTheirExpression()
    {
        Check(GraphSource.OfMember("void M() => [|x()|];"));
        Check(GraphSource.OfMember("int M() => [|a ? 1 : 2|];"));
        Check(GraphSource.OfMember("int M => [|i|];"));
        Check(GraphSource.OfMember("int M { get => [|i|]; set => [|i = value|]; }"));
        Check(GraphSource.OfMember("void M() => [|next?.x()|];"));
    }

    [Fact]
    public void Accessors_LeaveLikeMethods() => Check(GraphSource.OfMember(
        "int M { get { if (a) [|return 1;|] [|return 2;|] } set { if (value == 1) [|return;|] x(); [|}|] }"));

    [Fact]
    public void RefReturn_IsItsStatement() => CheckBody("if (a) [|return ref i;|] [|return ref xs[0];|]", "ref int");

    [Fact]
    public void Constructors_LeaveAtTheirBrace()
    {
        Check(GraphSource.OfMember("C() { [|}|]"));
        Check(GraphSource.OfMember("C(int v) : base(v) { [|}|]"));
        Check(GraphSource.OfMember("C(int v) : base(v) { if (a) [|return;|] x(); [|}|]"));
        Check(GraphSource.OfMember("C(int v) => [|x()|];"));
    }

    [Fact]
    public void While_LeavesAfterTheLoop() => Check(GraphSource.OfMember(
        "void M() { while (a) { if (b) [|return;|] if (c) break; x(); } [|}|]"));

    [Fact]
    public void WhileWithReturnBehind_FindsIt() =>
        CheckBody("while (a) { if (b) break; x(); if (c) continue; y(); } [|return;|]");

    [Fact]
    public void Do_LeavesAfterTheLoop() => CheckBody("do { if (a) continue; if (b) [|return;|] x(); } while (c); [|return;|]");

    [Fact]
    public void For_LeavesAfterTheLoop() =>
        CheckBody("for (var j = 0; j < i; j++) { if (a) [|return;|] if (b) continue; x(); } [|return;|]");

    [Fact]
    public void ForWithoutCondition_IsEntered() => CheckBody("for (;;) { if (a) [|return;|] x(); if (b) break; } [|return;|]");

    [Fact]
    public void ForThatReturnsAtOnce_IsEntered() => CheckBody("for (var j = i; ; ) { [|return;|] }");

    [Fact]
    public void ForEach_LeavesAfterTheLoopAndInside() =>
        Check(GraphSource.OfMember("void M() { foreach (var v in xs) { if (a) [|return;|] x(); } [|}|]"));

    [Fact]
    public void ForEachThatReturnsAtOnce_IsEntered() => CheckBody("foreach (var v in xs) [|return;|] x(); [|return;|]");

    [Fact]
    public void ForEachOverPairs_IsEntered() => CheckBody("foreach (var (v, w) in pairs) { [|return;|] } [|return;|]");

    [Fact]
    public void AwaitForEach_IsEntered() =>
        Check(GraphSource.OfMember("async Task M() { await foreach (var v in later) { [|return;|] } x(); [|}|]"));

    [Fact]
    public void WhileTrue_LeavesByBreak() => CheckBody("while (true) { if (a) break; x(); } [|return;|]", skipConstant: true);

    [Fact]
    public void SwitchSections_AreKeptApart() => Check(GraphSource.OfMember(
        "void M() { switch (i) { case 1: [|return;|] case 2: case 3: x(); [|return;|] case 4: y(); break; default: " +
            "[|return;|] } [|}|]"));

    [Fact]
    public void SwitchWithoutDefault_FallsThrough() =>
        Check(GraphSource.OfMember("void M() { switch (i) { case 1: [|return;|] case 2: x(); break; } [|}|]"));

    [Fact]
    public void SwitchDefaultInTheMiddle_IsTakenLast() => CheckBody(
        "switch (i) { case 1: x(); break; default: [|return;|] case 2: y(); break; } [|return;|]");

    [Fact]
    public void SwitchWithOnlyADefault_IsEntered() => CheckBody("switch (i) { default: [|return;|] }");

    [Fact]
    public void SwitchPatternsAndGuards_AreFollowed() => CheckBody(
        "switch (o) { case string t when p(t): [|return;|] case int and > 3: x(); break; case null: [|return;|] } [|return;|]");

    [Fact]
    public void GotoCase_IsFollowed() => CheckBody(
        "switch (i) { case 1: x(); goto case 2; case 2: [|return;|] case 3: y(); goto default; default: [|return;|] }");

    [Fact]
    public void BreakOutOfASwitchInALoop_StaysInTheLoop() => CheckBody(
        "for (;;) { switch (i) { case 1: break; case 2: [|return;|] case 3: continue; } if (a) [|return;|] x(); }");

    [Fact]
    public void Goto_IsFollowed() => CheckBody("if (a) goto end; x(); if (b) { goto end; } y(); end: [|return;|]");

    [Fact]
    public void GotoAtTheEnd_FallsOffTheBrace() => Check(GraphSource.OfMember("void M() { if (a) goto end; x(); end: ; [|}|]"));

    [Fact]
    public void TryFinally_KeepsItsReturns() => CheckBody(
        "try { if (a) [|return;|] x(); if (b) { y(); [|return;|] } } finally { y(); } [|return;|]");

    [Fact]
    public void EmptyTry_IsFollowed() => CheckBody("try { [|return;|] } finally { y(); }");

    [Fact]
    public void Catch_KeepsItsReturns() => CheckBody(
        "try { x(); } catch (InvalidOperationException) { [|return;|] } catch (Exception e) when (p(e)) { [|return;|] " +
            "} catch { y(); [|return;|] } x(); [|return;|]");

    [Fact]
    public void BareCatches_AreToldApart() => Check(GraphSource.OfMember(
        "void M() { try { x(); } catch (ArgumentException) { try { y(); } catch { [|return;|] } x(); [|return;|] } " +
            "catch { [|return;|] } [|}|]"));

    [Fact]
    public void Lock_KeepsItsReturns() => CheckBody("lock (o) { if (a) [|return;|] x(); } lock (o) { [|return;|] }");

    [Fact]
    public void LockThatReturnsAtOnce_IsEntered() => CheckBody("lock (o) [|return;|]");

    [Fact]
    public void LockAtTheEnd_FallsOffTheBrace() => Check(GraphSource.OfMember("void M() { lock (o) { x(); } [|}|]"));

    [Fact]
    public void Using_KeepsItsReturns() =>
        CheckBody("using (open()) { if (a) [|return;|] x(); } using (var e = open()) [|return;|]");

    [Fact]
    public void UsingDeclaration_IsFollowed() =>
        CheckBody("using var e = open(); if (a) [|return;|] using var f = open(); [|return;|]");

    [Fact]
    public void UsingDeclarationAtTheEnd_FallsOffTheBrace() =>
        Check(GraphSource.OfMember("void M() { using var e = open(); [|}|]"));

    [Fact]
    public void CheckedFixedUnsafe_AreTransparent() => CheckBody(
        "if (a) checked { [|return;|] } if (b) unsafe { [|return;|] } unsafe { fixed (int* q = xs) { if (c) " +
            "[|return;|] x(); } } [|return;|]");

    [Fact]
    public void DeclarationsWithoutEffect_AreSkipped() =>
        CheckBody("if (a) { int k; const int n = 3; void f() { [|}|] ; [|return;|] } x(); [|return;|]");

    [Fact]
    public void YieldBreak_IsAnExit() => Check(GraphSource.OfMember(
        "IEnumerable<int> M() { if (a) [|yield break;|] yield return 1; if (b) { [|yield break;|] } yield return 2; [|}|]"));

    [Fact]
    public void Async_LeavesLikeAnyOther() =>
        Check(GraphSource.OfMember("async Task M() { if (a) [|return;|] await wait(); [|}|]"));

    [Fact]
    public void Lambdas_LeaveInside() => CheckBody(
        "Action f = () => { if (a) [|return;|] x(); [|}|]; Action g = () => [|x()|]; Func<int> h = () => [|i|]; " +
            "Func<int> k = delegate { [|return 1;|] }; [|return;|]");

    [Fact]
    public void LocalFunctions_LeaveInside() => CheckBody(
        "f(); g(); [|return;|] void f() { if (a) [|return;|] x(); [|}|] int g() => [|i|];");

    [Fact]
    public void TopLevelCode_LeavesAfterItsLastStatement()
    {
        Check(GraphSource.OfProgram("if (args.Length > 3) [|return;|] System.Console.WriteLine();[||]\nclass D { }"));
        Check(GraphSource.OfProgram("if (args.Length > 3) { System.Console.WriteLine(); }[||]"));
    }

    [Fact]
    public void ThrowAndEndlessLoop_AreNoExits() => CheckBody("if (a) throw new Exception(); if (b) for (;;) x(); [|return;|]");

    private static void CheckBody(string statements, string returns = "void", bool skipConstant = false) =>
        Check(GraphSource.OfBody(statements, returns), skipConstant);

    private static void Check(GraphSource source, bool skipConstant = false)
    {
        var found = new SortedSet<string>();
        foreach (var (graph, root) in source.Graphs())
        {
            foreach (var branch in graph.Blocks[^1].Predecessors)
            {
                if (!branch.Source.IsReachable || (skipConstant && branch.Source.BranchValue?.ConstantValue.HasValue == true))
                    continue;
                found.Add(Show(source.Text, ExitLocator.Locate(branch.Source, branch, root).SourceSpan));
            }
        }

        Assert.Equal(source.Marked.Select(span => Show(source.Text, span)).Order(), found.Order());
    }

    private static string Show(string text, TextSpan span) => $"{span.Start,5}: {text.Substring(span.Start, span.Length)}";
}
