using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Where in the source is a word of an annotation?</summary>
internal static class ArgumentPlaces
{
    /// <summary>The whole attribute; null in metadata.</summary>
    public static Location? Place(this Annotation annotation) =>
        annotation.Syntax is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : null;

    /// <summary>A span of a positional argument's text: inside the string if it is a plain literal, else the argument.</summary>
    public static Location? Place(this Annotation annotation, int index, int start, int length)
    {
        if (annotation.Syntax?.GetSyntax() is not AttributeSyntax attribute)
            return annotation.Place();
        var positional = Positional(attribute).Skip(index).FirstOrDefault();
        return positional is null ? attribute.GetLocation() : Inside(positional, start, length);
    }

    /// <summary>The same for a named argument.</summary>
    public static Location? Place(this Annotation annotation, string name, int start, int length)
    {
        if (annotation.Syntax?.GetSyntax() is not AttributeSyntax attribute)
            return annotation.Place();
        var named = attribute.ArgumentList?.Arguments.FirstOrDefault(
            argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        return named is null ? attribute.GetLocation() : Inside(named.Expression, start, length);
    }

    private static IEnumerable<ExpressionSyntax> Positional(AttributeSyntax attribute)
    {
        foreach (var argument in attribute.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals is not null)
                continue;
            var elements = argument.Expression switch
            {
                ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions,
                ImplicitArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions,
                _ => default(SeparatedSyntaxList<ExpressionSyntax>?),
            };
            if (elements is null)
            {
                if (argument.Expression is CollectionExpressionSyntax collection)
                {
                    foreach (var element in collection.Elements.OfType<ExpressionElementSyntax>())
                        yield return element.Expression;
                }
                else
                {
                    yield return argument.Expression;
                }
            }
            else
            {
                foreach (var element in elements.Value)
                    yield return element;
            }
        }
    }

    private static Location Inside(ExpressionSyntax argument, int start, int length)
    {
        if (argument is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            // Only where a position in the value is a position in the source: no escapes, no raw literals.
            var value = literal.Token.ValueText;
            var prefix = literal.Token.Text == "\"" + value + "\"" ? 1 : literal.Token.Text == "@\"" + value + "\"" ? 2 : 0;
            if (prefix > 0 && length > 0 && start >= 0 && start + length <= value.Length)
                return Location.Create(argument.SyntaxTree, new TextSpan(argument.SpanStart + prefix + start, length));
        }

        return argument.GetLocation();
    }
}
