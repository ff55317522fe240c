using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>Adds and removes whole statements, and leaves the lines around them as they are.</summary>
internal sealed class StatementEdits(FindingSite site)
{
    private SourceText Text => site.Text;

    /// <summary>Removes a statement with its line; what is commented beside it stays.</summary>
    public IEnumerable<TextChange> Remove(StatementSyntax statement)
    {
        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax))
        {
            yield return new TextChange(statement.Span, statement.Parent is GlobalStatementSyntax ? "" : "{ }");
            yield break;
        }

        var start = Lines.Start(Text, statement.SpanStart);
        var end = Text.Lines.GetLineFromPosition(statement.Span.End);
        var isAlone = Lines.IsFirst(Text, statement.SpanStart) && Text.ToString(TextSpan.FromBounds(statement.Span.End, end.End)).Trim().Length == 0;
        if (isAlone)
        {
            yield return new TextChange(TextSpan.FromBounds(start, end.EndIncludingLineBreak), "");
            yield break;
        }

        var stop = statement.Span.End;
        while (stop < end.End && Text[stop] == ' ')
            stop++;
        yield return new TextChange(TextSpan.FromBounds(statement.SpanStart, stop), "");
    }

    /// <summary>Adds statements before one; the body of an <c>if</c> gets braces for it.</summary>
    public IEnumerable<TextChange> Before(StatementSyntax statement, params string[] lines)
    {
        var inList = statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;
        var isFirst = Lines.IsFirst(Text, statement.SpanStart);
        var indent = Lines.Indentation(Text, statement.SpanStart);
        if (inList)
        {
            var between = isFirst ? site.Style.NewLine + indent : " ";
            yield return new TextChange(
                new TextSpan(statement.SpanStart, 0), string.Concat(lines.Select(line => (isFirst ? Reindent(line, indent) : OnOneLine(line)) + between)));
            yield break;
        }

        if (!isFirst || !Lines.IsLast(Text, statement.GetLastToken()))
        {
            yield return new TextChange(new TextSpan(statement.SpanStart, 0), "{ " + string.Concat(lines.Select(static line => OnOneLine(line) + " ")));
            yield return new TextChange(new TextSpan(statement.Span.End, 0), " }");
            yield break;
        }

        var outer = Lines.Indentation(Text, statement.Parent!.SpanStart);
        if (site.Style.BracesOnOwnLine)
            yield return new TextChange(new TextSpan(Lines.Start(Text, statement.SpanStart), 0), outer + "{" + site.Style.NewLine);
        else
            yield return new TextChange(new TextSpan(statement.GetFirstToken().GetPreviousToken().Span.End, 0), " {");
        yield return new TextChange(new TextSpan(statement.SpanStart, 0), string.Concat(lines.Select(line => Reindent(line, indent) + site.Style.NewLine + indent)));
        yield return new TextChange(new TextSpan(Lines.End(Text, statement.Span.End), 0), site.Style.NewLine + outer + "}");
    }

    /// <summary>Adds statements behind one that stands in a list.</summary>
    public IEnumerable<TextChange> After(StatementSyntax statement, params string[] lines)
    {
        var ownLine = Lines.IsFirst(Text, statement.SpanStart) && Lines.IsLast(Text, statement.GetLastToken());
        var indent = Lines.Indentation(Text, statement.SpanStart);
        yield return new TextChange(
            new TextSpan(ownLine ? Lines.End(Text, statement.Span.End) : statement.Span.End, 0),
            string.Concat(lines.Select(line => ownLine ? site.Style.NewLine + indent + Reindent(line, indent) : " " + OnOneLine(line))));
    }

    /// <summary>Adds statements behind one, wherever it stands: the body of an <c>if</c> gets braces for it.</summary>
    public IEnumerable<TextChange> Follow(StatementSyntax statement, params string[] lines)
    {
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
            return After(statement, lines);
        // The braces of what would come before, with what comes behind in front of the last.
        var changes = Before(statement, []).ToList();
        var closing = changes[changes.Count - 1];
        var indent = Lines.Indentation(Text, statement.SpanStart);
        var isSpread = closing.NewText!.StartsWith(site.Style.NewLine, System.StringComparison.Ordinal);
        var added = string.Concat(lines.Select(line => isSpread ? site.Style.NewLine + indent + Reindent(line, indent) : " " + OnOneLine(line)));
        changes[changes.Count - 1] = new TextChange(closing.Span, added + closing.NewText);
        return changes;
    }

    /// <summary>Adds a statement before and one behind the body of an <c>if</c> or loop, which gets braces for them.</summary>
    public IEnumerable<TextChange> Around(StatementSyntax statement, string before, string behind)
    {
        var added = Follow(statement, behind).Last();
        var changes = Before(statement, before).ToList();
        changes[changes.Count - 1] = added;
        return changes;
    }

    /// <summary>Adds statements at the end of a block.</summary>
    public IEnumerable<TextChange> AtEnd(BlockSyntax block, params string[] lines)
    {
        if (!Lines.IsFirst(Text, block.CloseBraceToken.SpanStart))
        {
            yield return new TextChange(new TextSpan(block.CloseBraceToken.SpanStart, 0), string.Concat(lines.Select(static line => OnOneLine(line) + " ")));
            yield break;
        }

        var indent = block.Statements.LastOrDefault() is { } last && Lines.IsFirst(Text, last.SpanStart)
            ? Lines.Indentation(Text, last.SpanStart)
            : Lines.Indentation(Text, block.CloseBraceToken.SpanStart) + site.Style.Unit;
        yield return new TextChange(
            new TextSpan(Lines.Start(Text, block.CloseBraceToken.SpanStart), 0),
            string.Concat(lines.Select(line => indent + Reindent(line, indent) + site.Style.NewLine)));
    }

    /// <summary>An <c>if</c> that leaves, on lines of its own.</summary>
    public string Guard(string condition, string exit) => $"if ({condition})\n\t{exit}";

    /// <summary>A line and statements in braces below it, to stand in the place of a statement.</summary>
    public string Block(string head, StatementSyntax place, params string[] lines)
    {
        if (!Lines.IsFirst(Text, place.SpanStart))
            return $"{head} {{ {string.Join(" ", lines)} }}";
        var indent = Lines.Indentation(Text, place.SpanStart);
        var writer = new LineWriter(site.Style);
        writer.Open(indent, head);
        foreach (var line in lines)
            writer.Line(indent + site.Style.Unit, line);
        return writer.ToString().Substring(indent.Length) + indent + "}";
    }

    /// <summary>The ways to leave the code at a place without a result; what fits shows the trial.</summary>
    public static IEnumerable<string> Exits(SyntaxNode node, SemanticModel model)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            {
                yield return "continue;";
                break;
            }

            if (ancestor is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                break;
        }

        var symbol = model.GetEnclosingSymbol(node.SpanStart) as IMethodSymbol;
        if (symbol is null || symbol.ReturnsVoid || symbol.MethodKind == MethodKind.Constructor)
        {
            yield return "return;";
            yield break;
        }

        var type = symbol.ReturnType;
        if (symbol.IsAsync && type is INamedTypeSymbol { Name: "Task" or "ValueTask" } task)
        {
            if (task.Arity == 0)
            {
                yield return "return;";
                yield break;
            }

            type = task.TypeArguments[0];
        }

        if (type.SpecialType == SpecialType.System_Boolean)
            yield return "return false;";
        else if (type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated)
            yield return "return null;";
        else if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            yield return "return null;";
    }

    private static string OnOneLine(string line) => line.Replace("\n\t", " ");

    // Lines of a guard are written with a tab for one step and '\n' between.
    private string Reindent(string line, string indent) =>
        line.Replace("\n\t", "\n" + site.Style.Unit).Replace("\n", site.Style.NewLine + indent);
}
