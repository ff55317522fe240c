using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>Where in the source does this branch to the exit leave the body?</summary>
/// <remarks>
/// The graph loses <c>return;</c>: it becomes a plain branch to the exit block and melts into what comes before it, so that
/// <c>if (a) return; if (b) return; x();</c> has three branches and no return. The place is found again by following the
/// syntax from where the branch starts (<see cref="SyntaxFollower"/>). Where that fails the answer is the closing brace.
/// </remarks>
internal static class ExitLocator
{
    /// <summary>The return statement, the expression of an expression body, or the closing brace.</summary>
    /// <param name="source">The block that the branch leaves.</param>
    /// <param name="branch">A branch to the exit block.</param>
    /// <param name="bodyRoot">The declaration, block, lambda or compilation unit that the graph was made of.</param>
    public static Location Locate(BasicBlock source, ControlFlowBranch branch, SyntaxNode bodyRoot)
    {
        var place = branch.Semantics == ControlFlowBranchSemantics.Return && source.BranchValue is { } value
            ? ReturnOf(value.Syntax, bodyRoot)
            : Follow(source, branch, bodyRoot);
        return place ?? EndOf(bodyRoot);
    }

    /// <summary>Where a body ends when nothing leaves it earlier: its closing brace, or its whole expression.</summary>
    public static Location EndOf(SyntaxNode bodyRoot) => BodySyntax.Of(bodyRoot) switch
    {
        BlockSyntax block => block.CloseBraceToken.GetLocation(),
        ArrowExpressionClauseSyntax arrow => arrow.Expression.GetLocation(),
        EqualsValueClauseSyntax initializer => initializer.Value.GetLocation(),
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.GetLocation() is { } last
            ? Location.Create(unit.SyntaxTree, new Microsoft.CodeAnalysis.Text.TextSpan(last.SourceSpan.End, 0))
            : unit.GetLocation(),
        TypeDeclarationSyntax type => type.Identifier.GetLocation(),
        var other => other.GetLocation(),
    };

    private static Location? ReturnOf(SyntaxNode value, SyntaxNode bodyRoot)
    {
        for (var node = value; node is not null && node != bodyRoot; node = node.Parent)
        {
            if (node is ReturnStatementSyntax)
                return node.GetLocation();
            if (node.Parent is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax)
                return node.GetLocation();
        }

        return value.GetLocation();
    }

    private static Location? Follow(BasicBlock source, ControlFlowBranch branch, SyntaxNode bodyRoot)
    {
        var follower = new SyntaxFollower(bodyRoot);
        var exit = source switch
        {
            { Kind: BasicBlockKind.Entry } => follower.FromStart(),
            { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition } =>
                follower.FromCondition(condition.Syntax, Sense(source, branch, condition)),
            { Operations.Length: > 0 } => follower.FromExpression(source.Operations[source.Operations.Length - 1].Syntax),
            _ => null,
        };
        if (exit is not null || source.Operations.Length > 0 || source.BranchValue is not null)
            return exit;
        return FollowInto(source, bodyRoot);
    }

    // A block without any operation stands where a region begins: the body of a lock, a using, a try or a catch that does
    // nothing but leave. What leads into the region tells the place; nothing leads into a catch.
    private static Location? FollowInto(BasicBlock empty, SyntaxNode bodyRoot)
    {
        if (CatchSyntax.Find(empty, bodyRoot) is { } clause)
            return new SyntaxFollower(bodyRoot).FromStatement(clause.Block);
        var predecessor = empty.Predecessors.FirstOrDefault(p => p.Source.Ordinal < empty.Ordinal);
        return predecessor is null ? null : Follow(predecessor.Source, predecessor, bodyRoot);
    }

    // Null when the condition is a null test of ?. or ??: it decides inside its statement, not about it.
    private static bool? Sense(BasicBlock source, ControlFlowBranch branch, IOperation condition) =>
        condition is IIsNullOperation ? null
        : (source.ConditionKind == ControlFlowConditionKind.WhenTrue) == branch.IsConditionalSuccessor;
}
