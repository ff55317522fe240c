using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>How is this file written? What it shows itself counts first, then its configuration.</summary>
/// <param name="NewLine">The end of a line.</param>
/// <param name="Unit">One step of indentation.</param>
/// <param name="BracesOnOwnLine">An opening brace begins a line.</param>
/// <param name="UsesVar">Locals are declared with <c>var</c>.</param>
internal sealed record SourceStyle(string NewLine, string Unit, bool BracesOnOwnLine, bool UsesVar)
{
    public static SourceStyle Of(Document document, SyntaxNode root, SourceText text)
    {
        var options = document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(root.SyntaxTree);
        var blocks = root.DescendantNodes().OfType<BlockSyntax>().Where(static block => block.Statements.Count > 0).Take(50).ToList();
        return new SourceStyle(NewLineOf(text), UnitOf(), BracesOnOwnLine(), UsesVar());

        string UnitOf()
        {
            foreach (var block in blocks)
            {
                var outer = Lines.Indentation(text, block.CloseBraceToken.SpanStart);
                var inner = Lines.Indentation(text, block.Statements[0].SpanStart);
                if (Lines.IsFirst(text, block.Statements[0].SpanStart) && inner.Length > outer.Length && inner.StartsWith(outer))
                    return inner.Substring(outer.Length);
            }

            if (options.TryGetValue("indent_style", out var style) && style == "tab")
                return "\t";
            return options.TryGetValue("indent_size", out var size) && int.TryParse(size, out var columns) ? new string(' ', columns) : "    ";
        }

        bool BracesOnOwnLine()
        {
            var spread = blocks.Where(block => !Lines.AreOnOneLine(text, block.Span)).ToList();
            if (spread.Count > 0)
                return spread.Count(block => Lines.IsFirst(text, block.OpenBraceToken.SpanStart)) * 2 >= spread.Count;
            return !options.TryGetValue("csharp_new_line_before_open_brace", out var before) || before != "none";
        }

        bool UsesVar()
        {
            var locals = root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
                .Where(static local => !local.IsConst).Select(static local => local.Declaration.Type)
                .Concat(root.DescendantNodes().OfType<DeclarationExpressionSyntax>().Select(static declared => declared.Type)).ToList();
            return locals.Count == 0 || locals.Any(static type => type.IsVar);
        }
    }

    private static string NewLineOf(SourceText text)
    {
        var first = text.Lines[0];
        var end = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
        return end.Length > 0 ? end : "\n";
    }
}
