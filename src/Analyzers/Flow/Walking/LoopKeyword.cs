using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>Which loop of the source does a branch back to an earlier block belong to?</summary>
internal static class LoopKeyword
{
    /// <summary>The keyword of the loop, or the label of a loop made with goto.</summary>
    /// <param name="head">The block that the branch goes back to.</param>
    /// <param name="source">The block that it comes from.</param>
    /// <param name="bodyRoot">What the graph was made of.</param>
    public static Location Locate(BasicBlock head, BasicBlock source, SyntaxNode bodyRoot)
    {
        if (FirstSyntax(head) is not { } begin)
            return ExitLocator.EndOf(bodyRoot);
        var end = LastSyntax(source);
        var loop = begin.AncestorsAndSelf()
            .TakeWhile(n => n != bodyRoot)
            .OfType<StatementSyntax>()
            .FirstOrDefault(s => IsLoop(s) && BeginsWith(s, begin) && (end is null || TurnsBackFrom(s, end)));
        if (loop is not null)
            return Keyword(loop).GetLocation();
        return Label(begin, bodyRoot) is { } label ? label.GetLocation()
            : begin.FirstAncestorOrSelf<SwitchSectionSyntax>() is { } section ? section.Labels[0].GetLocation()
            : begin.GetLocation();
    }

    private static bool IsLoop(StatementSyntax statement) =>
        statement is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static SyntaxToken Keyword(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax { WhileKeyword: var keyword } => keyword,
        DoStatementSyntax { DoKeyword: var keyword } => keyword,
        ForStatementSyntax { ForKeyword: var keyword } => keyword,
        _ => ((CommonForEachStatementSyntax)loop).ForEachKeyword,
    };

    // A loop may enclose a loop made with goto: then the block is inside it, but not where its rounds begin.
    private static bool BeginsWith(StatementSyntax loop, SyntaxNode begin) => loop switch
    {
        WhileStatementSyntax { Condition: var condition } => condition.Span.Contains(begin.Span),
        ForStatementSyntax { Condition: { } condition } => condition.Span.Contains(begin.Span),
        CommonForEachStatementSyntax { Statement: var inner } => !inner.Span.Contains(begin.Span),
        DoStatementSyntax { Statement: var inner } => inner.Span.Contains(begin.Span),
        _ => true,
    };

    // Rounds of a do end in its condition; one that ends inside the body belongs to a goto.
    private static bool TurnsBackFrom(StatementSyntax loop, SyntaxNode end) =>
        loop is DoStatementSyntax { Condition: var condition }
            ? condition.Span.Contains(end.Span)
            : loop.Span.Contains(end.Span);

    private static SyntaxToken? Label(SyntaxNode begin, SyntaxNode bodyRoot)
    {
        var nodes = BodySyntax.Of(bodyRoot)
            .DescendantNodesAndSelf(n => n == bodyRoot || !BodySyntax.IsFunction(n))
            .ToList();
        var targets = new HashSet<string>(nodes
            .OfType<GotoStatementSyntax>()
            .Where(g => g.IsKind(SyntaxKind.GotoStatement))
            .Select(g => g.Expression?.ToString() ?? ""));
        return nodes
            .OfType<LabeledStatementSyntax>()
            .Where(l => l.SpanStart <= begin.SpanStart && targets.Contains(l.Identifier.Text))
            .Select(l => (SyntaxToken?)l.Identifier)
            .LastOrDefault();
    }

    private static SyntaxNode? FirstSyntax(BasicBlock head)
    {
        var block = head;
        for (var steps = 0; block is not null && steps < 16; steps++)
        {
            if (block.Operations.Length > 0)
                return block.Operations[0].Syntax;
            if (block.BranchValue is { } value)
                return value.Syntax;
            block = block.FallThroughSuccessor?.Destination;
        }

        return null;
    }

    private static SyntaxNode? LastSyntax(BasicBlock source)
    {
        var block = source;
        for (var steps = 0; block is not null && steps < 16; steps++)
        {
            if (block.BranchValue is { } value)
                return value.Syntax;
            if (block.Operations.Length > 0)
                return block.Operations[block.Operations.Length - 1].Syntax;
            block = block.Predecessors.FirstOrDefault(p => p.Source.Ordinal < block.Ordinal)?.Source;
        }

        return null;
    }
}
