using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.CodeFixes.Editing;

/// <summary>Statements of one list that go into braces together; variables that live on are declared before.</summary>
/// <param name="First">The first statement.</param>
/// <param name="Last">The last one, a sibling.</param>
/// <param name="Hoisted">The declarations that are split: their variables are declared before the braces.</param>
internal sealed record StatementRegion(
    StatementSyntax First, StatementSyntax Last, ImmutableArray<LocalDeclarationStatementSyntax> Hoisted)
{
    /// <summary>The smallest region around a node; null where it stands in no statement.</summary>
    public static StatementRegion? Around(SyntaxNode node, SemanticModel model)
    {
        var statement = node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax);
        if (statement is null || node.Ancestors().TakeWhile(a => a != statement).Any(static a => a is AnonymousFunctionExpressionSyntax { ExpressionBody: not null }))
            return null;
        // "else if" is one statement to the reader.
        while (statement is { Parent: ElseClauseSyntax { Parent: IfStatementSyntax outer } } and IfStatementSyntax)
            statement = outer;
        if (statement is LocalFunctionStatementSyntax)
            return null;
        return Closed(statement, statement, model);
    }

    /// <summary>Widened until what it declares is used nowhere else, or can be declared before it.</summary>
    public static StatementRegion Closed(StatementSyntax first, StatementSyntax last, SemanticModel model)
    {
        var siblings = Siblings(first);
        while (true)
        {
            var inside = Between(siblings, first, last);
            if (inside.Any(static s => s is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }))
                return new(first, siblings[siblings.Count - 1], []);

            var users = siblings.Skip(siblings.IndexOf(last) + 1).ToImmutableArray();
            var declared = inside.SelectMany(s => Declared(s, model)).Where(local => users.Any(s => Uses(s, local, model))).ToImmutableArray();
            var split = inside.OfType<LocalDeclarationStatementSyntax>().Where(
                s => Declared(s, model).Any(declared.Contains) && CanSplit(s, model)).ToImmutableArray();
            if (declared.All(local => split.Any(s => Declared(s, model).Contains(local, SymbolEqualityComparer.Default))))
                return new(first, last, split);
            last = users.Last(s => declared.Any(local => Uses(s, local, model)));
        }
    }

    /// <summary>The statements of the list that a statement stands in.</summary>
    public static IReadOnlyList<StatementSyntax> Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        // Arrays: a collection expression would become a list of copies, which stand in no tree.
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static g => g.Statement).ToArray(),
        _ => new[] { statement },
    };

    private static ImmutableArray<StatementSyntax> Between(IReadOnlyList<StatementSyntax> siblings, StatementSyntax first, StatementSyntax last) =>
        [.. siblings.SkipWhile(s => s != first).Take(siblings.IndexOf(last) - siblings.IndexOf(first) + 1)];

    private static bool Uses(SyntaxNode node, ISymbol local, SemanticModel model) =>
        node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(
            name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, local));

    /// <summary>Locals whose scope is the list of statements.</summary>
    private static IEnumerable<ISymbol> Declared(StatementSyntax statement, SemanticModel model) =>
        statement is LocalFunctionStatementSyntax local
            ? model.GetDeclaredSymbol(local) is { } function ? [function] : []
            : statement.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BlockSyntax))
                .Where(static node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax)
                .Select(node => model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>();

    private static bool CanSplit(LocalDeclarationStatementSyntax local, SemanticModel model) =>
        local.Declaration is { Variables: [{ Initializer.Value: not InitializerExpressionSyntax } variable], Type: not RefTypeSyntax and not ScopedTypeSyntax }
        && !local.IsConst
        && !local.DescendantNodes().Any(static node => node is SingleVariableDesignationSyntax)
        && model.GetDeclaredSymbol(variable) is ILocalSymbol { IsRef: false, Type: { IsAnonymousType: false, IsRefLikeType: false, TypeKind: not (TypeKind.Error or TypeKind.Dynamic) } };
}

/// <summary>Lists by position, whatever their type.</summary>
internal static class StatementLists
{
    public static int IndexOf(this IReadOnlyList<StatementSyntax> list, StatementSyntax wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == wanted)
                return i;
        }

        return -1;
    }
}
