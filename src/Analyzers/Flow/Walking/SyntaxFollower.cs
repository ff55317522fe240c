using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>
/// Follows statements that the control-flow graph leaves no trace of, from a known place to the exit they lead to.
/// </summary>
/// <remarks>
/// Every method answers the location of the exit, or null where something stands in the way that the graph would have shown:
/// then the place was wrong, and the caller has a fallback.
/// </remarks>
internal sealed class SyntaxFollower(SyntaxNode bodyRoot)
{
    private readonly SyntaxNode _body = BodySyntax.Of(bodyRoot);
    private int _steps = 1000;

    /// <summary>From the first statement of the body.</summary>
    public Location? FromStart() => _body switch
    {
        StatementSyntax statement => Enter(statement),
        CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first =>
            Enter(first.Statement),
        _ => null,
    };

    /// <summary>From the beginning of a statement.</summary>
    public Location? FromStatement(StatementSyntax statement) => Enter(statement);

    /// <summary>From the end of an expression (or of any other piece that the graph evaluates).</summary>
    public Location? FromExpression(SyntaxNode evaluated)
    {
        for (var node = evaluated; node is not null && node != bodyRoot && node != _body.Parent; node = node.Parent)
        {
            if (node == _body && node is ExpressionSyntax)
                return node.GetLocation();
            if (node is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or YieldStatementSyntax)
                return After((StatementSyntax)node);
            if (node is CommonForEachStatementSyntax && node == evaluated)
                return Enter(((CommonForEachStatementSyntax)node).Statement);

            switch (node.Parent)
            {
                case ArrowExpressionClauseSyntax:
                    return node.GetLocation();
                case LockStatementSyntax { Statement: var inner } when node != inner:
                    return Enter(inner);
                case UsingStatementSyntax { Statement: var inner } when node != inner:
                    return Enter(inner);
                case FixedStatementSyntax { Statement: var inner } when node != inner:
                    return Enter(inner);
                case CommonForEachStatementSyntax { Statement: var inner } when node != inner:
                    return Enter(inner);
                case ForStatementSyntax { Condition: null, Statement: var inner } when node != inner:
                    return Enter(inner);
                case SwitchStatementSyntax choice when node == choice.Expression:
                    return Default(choice);
                case CatchClauseSyntax clause when node != clause.Block:
                    return Enter(clause.Block);
                case ConstructorDeclarationSyntax when node is ConstructorInitializerSyntax:
                    return FromStart();
            }

            if (node is StatementSyntax)
                return null;
        }

        return null;
    }

    /// <summary>
    /// From a condition that came out as <paramref name="sense"/>; null for one that decides inside its statement.
    /// </summary>
    public Location? FromCondition(SyntaxNode condition, bool? sense)
    {
        if (sense is not { } value)
            return FromExpression(condition);

        for (var node = condition; node is not null && node != _body; node = node.Parent)
        {
            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax:
                    continue;
                case PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.LogicalNotExpression):
                    value = !value;
                    continue;
                case BinaryExpressionSyntax pair when pair.IsKind(SyntaxKind.LogicalAndExpression):
                    if (node == pair.Left && value)
                        return null;
                    continue;
                case BinaryExpressionSyntax pair when pair.IsKind(SyntaxKind.LogicalOrExpression):
                    if (node == pair.Left && !value)
                        return null;
                    continue;
                case ConditionalExpressionSyntax choice when node != choice.Condition:
                    continue;
                case IfStatementSyntax choice:
                    return value ? Enter(choice.Statement)
                        : choice.Else is { } other ? Enter(other.Statement) : After(choice);
                case WhileStatementSyntax loop:
                    return value ? Enter(loop.Statement) : After(loop);
                case DoStatementSyntax loop:
                    return value ? Enter(loop.Statement) : After(loop);
                case ForStatementSyntax loop:
                    return value ? Enter(loop.Statement) : After(loop);
                case CommonForEachStatementSyntax loop:
                    return value ? Enter(loop.Statement) : After(loop);
                case CatchFilterClauseSyntax { Parent: CatchClauseSyntax clause }:
                    return value ? Enter(clause.Block) : null;
                case SwitchLabelSyntax label:
                    return value ? Section(label) : NextLabel(label);
                case WhenClauseSyntax { Parent: SwitchLabelSyntax label }:
                    return value ? Section(label) : NextLabel(label);
                default:
                    return node switch
                    {
                        SwitchLabelSyntax label => value ? Section(label) : NextLabel(label),
                        CommonForEachStatementSyntax loop => value ? Enter(loop.Statement) : After(loop),
                        _ => FromExpression(condition),
                    };
            }
        }

        return FromExpression(condition);
    }

    private Location? Enter(StatementSyntax statement)
    {
        if (--_steps < 0)
            return null;
        switch (statement)
        {
            case ReturnStatementSyntax:
            case YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement }:
                return statement.GetLocation();
            case BlockSyntax block:
                return block.Statements.Count > 0 ? Enter(block.Statements[0]) : After(block);
            case EmptyStatementSyntax:
            case LocalFunctionStatementSyntax:
                return After(statement);
            case LocalDeclarationStatementSyntax local
                when local.IsConst || local.Declaration.Variables.All(v => v.Initializer is null):
                return After(statement);
            case LabeledStatementSyntax labeled:
                return Enter(labeled.Statement);
            case CheckedStatementSyntax { Block: var inner }:
                return Enter(inner);
            case UnsafeStatementSyntax { Block: var inner }:
                return Enter(inner);
            case TryStatementSyntax { Block: var inner }:
                return Enter(inner);
            case ForStatementSyntax { Condition: null, Declaration: null, Initializers.Count: 0, Statement: var inner }:
                return Enter(inner);
            case BreakStatementSyntax:
                return Enclosing(statement, loopsOnly: false) is { } broken ? After(broken) : null;
            case ContinueStatementSyntax:
                return Enclosing(statement, loopsOnly: true) is { } loop ? NextRound(loop) : null;
            case GotoStatementSyntax jump:
                return Jump(jump);
            default:
                return null;
        }
    }

    private Location? After(StatementSyntax statement)
    {
        if (--_steps < 0)
            return null;
        if (statement == _body)
            return ExitLocator.EndOf(bodyRoot);
        switch (statement.Parent)
        {
            case BlockSyntax block:
                return Next(block.Statements, statement) is { } next ? Enter(next) : After(block);
            case SwitchSectionSyntax section:
                return Next(section.Statements, statement) is { } following
                    ? Enter(following)
                    : section.Parent is SwitchStatementSyntax choice ? After(choice) : null;
            case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global:
                var later = unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault(g => g.SpanStart > global.SpanStart);
                return later is not null ? Enter(later.Statement) : ExitLocator.EndOf(bodyRoot);
            case ElseClauseSyntax { Parent: IfStatementSyntax owner }:
                return After(owner);
            case CatchClauseSyntax { Parent: TryStatementSyntax owner }:
                return After(owner);
            case FinallyClauseSyntax { Parent: TryStatementSyntax owner }:
                return After(owner);
            case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax:
                return NextRound((StatementSyntax)statement.Parent);
            case StatementSyntax owner:
                return After(owner);
            default:
                return null;
        }
    }

    private Location? NextRound(StatementSyntax loop) =>
        loop is ForStatementSyntax { Condition: null, Incrementors.Count: 0, Statement: var inner } ? Enter(inner) : null;

    private Location? Section(SwitchLabelSyntax label) =>
        label.Parent is SwitchSectionSyntax { Statements: { Count: > 0 } statements } ? Enter(statements[0]) : null;

    // The graph tests the labels in source order and takes the default last, wherever it stands.
    private Location? NextLabel(SwitchLabelSyntax label)
    {
        if (label.Parent?.Parent is not SwitchStatementSyntax choice)
            return null;
        var later = choice.Sections
            .SelectMany(s => s.Labels)
            .Any(l => l.SpanStart > label.SpanStart && l is not DefaultSwitchLabelSyntax);
        return later ? null : Default(choice);
    }

    private Location? Default(SwitchStatementSyntax choice) =>
        choice.Sections.SelectMany(s => s.Labels).OfType<DefaultSwitchLabelSyntax>().FirstOrDefault() is { } label
            ? Section(label)
            : After(choice);

    private Location? Jump(GotoStatementSyntax jump)
    {
        if (jump.Kind() == SyntaxKind.GotoStatement)
        {
            var name = (jump.Expression as IdentifierNameSyntax)?.Identifier.ValueText;
            var target = _body.DescendantNodesAndSelf(n => n == _body || !BodySyntax.IsFunction(n))
                .OfType<LabeledStatementSyntax>()
                .FirstOrDefault(l => l.Identifier.ValueText == name);
            return target is null ? null : Enter(target);
        }

        if (jump.FirstAncestorOrSelf<SwitchStatementSyntax>() is not { } choice)
            return null;
        if (jump.Kind() == SyntaxKind.GotoDefaultStatement)
            return Default(choice);
        var label = choice.Sections.SelectMany(s => s.Labels).OfType<CaseSwitchLabelSyntax>()
            .FirstOrDefault(l => jump.Expression is not null && SyntaxFactory.AreEquivalent(l.Value, jump.Expression));
        return label is null ? null : Section(label);
    }

    private StatementSyntax? Enclosing(StatementSyntax jump, bool loopsOnly)
    {
        for (var node = jump.Parent; node is not null && node != _body.Parent; node = node.Parent)
        {
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                || (!loopsOnly && node is SwitchStatementSyntax))
                return (StatementSyntax)node;
        }

        return null;
    }

    private static StatementSyntax? Next(SyntaxList<StatementSyntax> statements, StatementSyntax statement)
    {
        var index = statements.IndexOf(statement) + 1;
        return index > 0 && index < statements.Count ? statements[index] : null;
    }
}
