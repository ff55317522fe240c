using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>Writes annotations onto declarations: a new argument where there is one of the kind, a list of its own otherwise.</summary>
internal sealed class AttributeEditor(FindingSite site)
{
    /// <summary>Adds an annotation; its namespace is imported where it is not.</summary>
    /// <param name="declaration">What bears it.</param>
    /// <param name="name">The attribute's name without its suffix.</param>
    /// <param name="arguments">Its positional arguments as lock expressions.</param>
    public ImmutableArray<TextChange> Add(SyntaxNode declaration, string name, ImmutableArray<string> arguments)
    {
        var written = arguments.Select(argument => Expression(declaration, argument)).ToImmutableArray();
        if (name != "MustHoldAny" && Existing(declaration, name) is { } list && !written.IsEmpty)
            return [new TextChange(new TextSpan(list.Arguments.Last().Span.End, 0), ", " + string.Join(", ", written))];
        var qualified = UsingDirectives.Name(site, declaration, name, out var import);
        var text = "[" + qualified + (written.IsEmpty ? "" : "(" + string.Join(", ", written) + ")") + "]";
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        if (import is { } directive)
            changes.Add(directive);
        var first = AfterAttributes(declaration);
        changes.Add(new TextChange(
            new TextSpan(first.SpanStart, 0),
            Lines.IsFirst(site.Text, first.SpanStart)
                ? text + site.Style.NewLine + Lines.Indentation(site.Text, first.SpanStart)
                : text + " "));
        return changes.ToImmutable();
    }

    /// <summary>The attributes of a name on a declaration.</summary>
    public static IEnumerable<AttributeSyntax> Of(SyntaxNode declaration, string name) =>
        Lists(declaration).Where(static list => list.Target is null).SelectMany(static list => list.Attributes)
            .Where(attribute => SimpleName(attribute) == name || SimpleName(attribute) == name + "Attribute");

    /// <summary>What goes when an argument goes: the argument, the attribute if it was its only one, the list, its line.</summary>
    public static TextSpan? Removal(SyntaxNode node, FindingSite site)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        if (node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { Parent: AttributeArgumentListSyntax { Arguments.Count: > 1 } arguments } argument
            && arguments.Arguments.Count(static a => a.NameEquals is null) > 1)
        {
            return WithComma(arguments.Arguments, argument);
        }

        if (list.Attributes.Count > 1)
            return WithComma(list.Attributes, attribute);
        var line = site.Text.Lines.GetLineFromPosition(list.Span.End);
        if (Lines.IsFirst(site.Text, list.SpanStart) && site.Text.ToString(TextSpan.FromBounds(list.Span.End, line.End)).Trim().Length == 0)
            return TextSpan.FromBounds(Lines.Start(site.Text, list.SpanStart), line.EndIncludingLineBreak);
        var next = list.GetLastToken().GetNextToken().SpanStart;
        return site.Text.ToString(TextSpan.FromBounds(list.Span.End, next)).Trim().Length == 0 ? TextSpan.FromBounds(list.SpanStart, next) : list.Span;
    }

    private static TextSpan WithComma<T>(SeparatedSyntaxList<T> list, T one) where T : SyntaxNode
    {
        var index = list.IndexOf(one);
        return index == 0 ? TextSpan.FromBounds(one.SpanStart, list[1].SpanStart) : TextSpan.FromBounds(list[index - 1].Span.End, one.Span.End);
    }

    /// <summary>The attribute lists of a declaration.</summary>
    public static SyntaxList<AttributeListSyntax> Lists(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        AccessorDeclarationSyntax accessor => accessor.AttributeLists,
        LocalFunctionStatementSyntax local => local.AttributeLists,
        ParameterSyntax parameter => parameter.AttributeLists,
        LambdaExpressionSyntax lambda => lambda.AttributeLists,
        _ => default,
    };

    private static string SimpleName(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Only positional arguments can be added to.</summary>
    private static AttributeArgumentListSyntax? Existing(SyntaxNode declaration, string name) =>
        Of(declaration, name).Select(static attribute => attribute.ArgumentList)
            .FirstOrDefault(static list => list is { Arguments.Count: > 0 } && list.Arguments.All(static a => a.NameEquals is null));

    private static SyntaxToken AfterAttributes(SyntaxNode declaration) =>
        Lists(declaration) is { Count: > 0 } lists ? lists.Last().GetLastToken().GetNextToken() : declaration.GetFirstToken();

    /// <summary>A name alone is told by <c>nameof</c>, unless the file writes strings.</summary>
    private string Expression(SyntaxNode declaration, string expression)
    {
        var isName = SyntaxFacts.IsValidIdentifier(expression) && expression is not ("this" or "return");
        return isName && UsesNameOf() && CanBeNamed(declaration, expression) ? $"nameof({expression})" : SymbolDisplay.FormatLiteral(expression, quote: true);
    }

    private bool UsesNameOf()
    {
        var arguments = site.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(static argument => argument.NameEquals is null).Select(static argument => argument.Expression).ToList();
        return arguments.Any(static e => e is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });
    }

    // Parameters are known to the attributes of their method since C# 11.
    private bool CanBeNamed(SyntaxNode declaration, string name) =>
        site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        || !declaration.DescendantNodes().OfType<ParameterSyntax>().Any(parameter => parameter.Identifier.ValueText == name);
}
