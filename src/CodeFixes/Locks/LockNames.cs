using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.CodeFixes.Locks;

/// <summary>
/// When do two expressions in one body name one lock? <c>this._gate</c>, <c>Type._gate</c> and a local that is nothing but a
/// copy are <c>_gate</c>. What is taken for another lock here costs a proposal; what is taken for the same is tried out.
/// </summary>
internal static class LockNames
{
    private const int MostCopies = 4;

    public static string Key(string text, int position, FindingSite site) =>
        text.StartsWith("@", System.StringComparison.Ordinal) ? text : Key(SyntaxFactory.ParseExpression(text), position, site, MostCopies);

    private static string Key(ExpressionSyntax expression, int position, FindingSite site, int copies)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Key(inner.Expression, position, site, copies);
            case ThisExpressionSyntax:
                return "";
            case MemberAccessExpressionSyntax access:
                if (Symbol(access, position, site) is { IsStatic: true } named)
                    return OfStatic(named);
                var owner = Key(access.Expression, position, site, copies);
                return owner.Length == 0 ? access.Name.ToString() : owner + "." + access.Name;
            case IdentifierNameSyntax name:
                var symbol = Symbol(name, position, site);
                if (symbol is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true })
                    return OfStatic(symbol);
                return copies > 0 && symbol is ILocalSymbol or IParameterSymbol && Copied(symbol, site) is { } source
                    ? Key(source, position, site, copies - 1)
                    : name.Identifier.ValueText;
            default:
                return expression.ToString();
        }
    }

    private static string OfStatic(ISymbol member) => member.ContainingType.ToDisplayString() + "." + member.Name;

    private static ISymbol? Symbol(ExpressionSyntax expression, int position, FindingSite site) =>
        site.Model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol;

    /// <summary>The path of which a variable is a copy, its only one.</summary>
    private static ExpressionSyntax? Copied(ISymbol variable, FindingSite site)
    {
        if (variable.DeclaringSyntaxReferences is not [{ SyntaxTree: { } tree } reference] || tree != site.Root.SyntaxTree)
            return null;
        var declaration = reference.GetSyntax(site.Cancellation);
        var body = declaration.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        var written = body?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is IdentifierNameSyntax left && left.Identifier.ValueText == variable.Name).Select(static a => a.Right).ToList();
        if (written is null)
            return null;
        if (declaration is VariableDeclaratorSyntax { Initializer.Value: { } initial })
            written.Insert(0, initial);
        return written is [IdentifierNameSyntax or MemberAccessExpressionSyntax] ? written[0] : null;
    }
}
