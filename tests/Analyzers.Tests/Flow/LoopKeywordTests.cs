using System.Collections.Generic;
using System.Linq;
using MmLock.Analyzers.Flow.Walking;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Every branch back of a real graph, and the loop it is said to belong to: the marks, no more and no less.</summary>
public sealed class LoopKeywordTests
{
    [Fact]
    public void While_IsItsKeyword() => Check("[|while|] (a && b) { if (c) continue; x(); }");

    [Fact]
    public void EndlessWhile_IsItsKeyword() => Check("[|while|] (true) { x(); if (a) break; if (b) continue; y(); }");

    [Fact]
    public void WhileWithNothingInside_IsItsKeyword() => Check("[|while|] (p()) ;");

    [Fact]
    public void Do_IsItsKeyword() => Check("[|do|] { x(); if (a) continue; y(); } while (b || c);");

    [Fact]
    public void For_IsItsKeyword() => Check("[|for|] (var j = 0; j < i; j++) { if (a) continue; x(); }");

    [Fact]
    public void ForWithoutCondition_IsItsKeyword() => Check("[|for|] (;;) { x(); if (a) break; if (b) continue; y(); }");

    [Fact]
    public void ForEach_IsItsKeyword() => Check("[|foreach|] (var v in xs) { if (a) continue; x(); }");

    [Fact]
    public void ForEachOverPairs_IsItsKeyword() => Check("[|foreach|] (var (v, w) in pairs) { x(); }");

    [Fact]
    public void LoopWithALockInside_IsItsKeyword() =>
        Check("[|for|] (;;) { lock (o) { if (a) break; if (b) continue; x(); } }");

    [Fact]
    public void LoopWithATryInside_IsItsKeyword() =>
        Check("[|while|] (a) { try { x(); } catch { continue; } finally { y(); } }");

    [Fact]
    public void LoopWithAnEmptyTryInside_IsItsKeyword() => Check("[|for|] (;;) { try { } finally { y(); } if (a) break; }");

    [Fact]
    public void NestedLoops_AreKeptApart() =>
        Check("[|while|] (a) { [|while|] (b) { x(); } } [|do|] { [|do|] { x(); } while (b); } while (a);");

    [Fact]
    public void ForEachInsideFor_IsKeptApart() =>
        Check("[|for|] (var j = 0; j < 3; j++) [|foreach|] (var v in xs) { if (a) continue; x(); }");

    [Fact]
    public void GotoLoop_IsItsLabel() => Check("[|again|]: x(); if (a) goto again; y();");

    [Fact]
    public void GotoLoopOverAnEmptyStatement_IsItsLabel() => Check("[|again|]: ; x(); if (a) goto again; y();");

    [Fact]
    public void GotoLoopInsideALoop_IsItsLabel() =>
        Check("[|while|] (c) { [|again|]: x(); if (a) goto again; y(); } " +
            "[|do|] { [|retry|]: x(); if (a) goto retry; } while (b);");

    [Fact]
    public void GotoToTheOuterOfTwoLabels_IsThatLabel() =>
        Check("[|outer|]: x(); [|inner|]: y(); if (a) goto inner; if (b) goto outer;");

    private static void Check(string statements)
    {
        var source = GraphSource.OfBody(statements);
        var found = new SortedSet<int>();
        foreach (var (graph, root) in source.Graphs())
        {
            foreach (var block in graph.Blocks.Where(b => b.IsReachable))
            {
                foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
                {
                    if (branch?.Destination is { } head && head.Ordinal <= block.Ordinal)
                        found.Add(LoopKeyword.Locate(head, block, root).SourceSpan.Start);
                }
            }
        }

        Assert.Equal(source.Marked.Select(span => span.Start).Order(), found);
    }
}
