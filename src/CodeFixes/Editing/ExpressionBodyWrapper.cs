using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Editing;

/// <summary>Turns a body that is an expression into a block with the expression under a lock.</summary>
internal sealed class ExpressionBodyWrapper(FindingSite site)
{
    /// <summary>The changes; null where the node stands in no such body.</summary>
    public ImmutableArray<TextChange>? Wrap(LockForm form)
    {
        foreach (var ancestor in site.Node.AncestorsAndSelf())
        {
            switch (ancestor)
            {
                case ArrowExpressionClauseSyntax { Parent: { } owner } arrow:
                    return OfMember(owner, arrow, form);
                case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                    return OfLambda(lambda, body, form);
                case StatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private ImmutableArray<TextChange>? OfMember(SyntaxNode owner, ArrowExpressionClauseSyntax arrow, LockForm form)
    {
        if (Semicolon(owner) is not { RawKind: not 0 } semicolon)
            return null;
        var method = owner is BasePropertyDeclarationSyntax property
            ? (site.Model.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod
            : site.Model.GetDeclaredSymbol(owner) as IMethodSymbol;
        if (method is null)
            return null;
        var expression = site.Text.ToString(TextSpan.FromBounds(arrow.ArrowToken.Span.End, semicolon.SpanStart)).Trim();
        var statement = (Returns(method) ? "return " : "") + expression + ";";
        var start = arrow.GetFirstToken().GetPreviousToken().Span.End;
        var span = TextSpan.FromBounds(start, semicolon.Span.End);
        var between = site.Text.ToString(TextSpan.FromBounds(start, arrow.ArrowToken.SpanStart));
        if (between.Trim().Length > 0)
            return null;
        return [new TextChange(span, Block(owner, statement, form))];
    }

    private string Block(SyntaxNode owner, string statement, LockForm form)
    {
        var isProperty = owner is BasePropertyDeclarationSyntax;
        if (!Lines.IsFirst(site.Text, owner.GetFirstToken().SpanStart) || !Lines.IsLast(site.Text, owner.GetLastToken()))
        {
            var inline = "{ " + Inline(statement, form) + " }";
            return isProperty ? " { get " + inline + " }" : " " + inline;
        }

        var indent = Lines.Indentation(site.Text, owner.GetFirstToken().SpanStart);
        var writer = new LineWriter(site.Style);
        var wrapper = new RegionWrapper(site);
        var inner = isProperty ? indent + site.Style.Unit : indent;
        if (isProperty)
            writer.Open(inner, "get");
        wrapper.Head(writer, form, inner + site.Style.Unit);
        writer.Line(inner + site.Style.Unit + site.Style.Unit, statement);
        wrapper.Tail(writer, form, inner + site.Style.Unit);
        if (isProperty)
            writer.Line(inner, "}");
        var open = site.Style.BracesOnOwnLine ? site.Style.NewLine + indent + "{" : " {";
        return open + site.Style.NewLine + writer + indent + "}";
    }

    private ImmutableArray<TextChange>? OfLambda(LambdaExpressionSyntax lambda, ExpressionSyntax body, LockForm form)
    {
        if (site.Model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol method)
            return null;
        var statement = (Returns(method) ? "return " : "") + body + ";";
        return [new TextChange(body.Span, "{ " + Inline(statement, form) + " }")];
    }

    /// <summary>A statement under the lock, on one line.</summary>
    internal static string Inline(string statement, LockForm form)
    {
        var text = string.Join(" ", form.Setup.Add(form.Opener).Add("{").AddRange(form.Prelude).Add(statement).Add("}"));
        return form.Cleanup.IsEmpty ? text : text + " finally { " + string.Concat(string.Join(" ", form.Cleanup)) + " }";
    }

    private static bool Returns(IMethodSymbol method) =>
        !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" })
        && method.MethodKind is not (MethodKind.Constructor or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove);

    private static SyntaxToken? Semicolon(SyntaxNode owner) => owner switch
    {
        BaseMethodDeclarationSyntax method => method.SemicolonToken,
        PropertyDeclarationSyntax property => property.SemicolonToken,
        IndexerDeclarationSyntax indexer => indexer.SemicolonToken,
        AccessorDeclarationSyntax accessor => accessor.SemicolonToken,
        LocalFunctionStatementSyntax local => local.SemicolonToken,
        _ => null,
    };
}
