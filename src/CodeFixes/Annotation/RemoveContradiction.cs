using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Annotation;

/// <summary>Removes the annotation, or its one expression, that contradicts another.</summary>
internal sealed class RemoveContradiction : RepairPlan
{
    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            yield break;
        if (site.Node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { Parent: AttributeArgumentListSyntax { Arguments.Count: > 1 } arguments } argument)
        {
            var index = arguments.Arguments.IndexOf(argument);
            var span = index == 0
                ? TextSpan.FromBounds(argument.SpanStart, arguments.Arguments[1].SpanStart)
                : TextSpan.FromBounds(arguments.Arguments[index - 1].Span.End, argument.Span.End);
            yield return Repair(span);
            yield break;
        }

        if (list.Attributes.Count > 1)
        {
            var index = list.Attributes.IndexOf(attribute);
            yield return Repair(index == 0
                ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
                : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End));
            yield break;
        }

        var line = site.Text.Lines.GetLineFromPosition(list.Span.End);
        var isAlone = Lines.IsFirst(site.Text, list.SpanStart) && site.Text.ToString(TextSpan.FromBounds(list.Span.End, line.End)).Trim().Length == 0;
        yield return Repair(isAlone
            ? TextSpan.FromBounds(Lines.Start(site.Text, list.SpanStart), line.EndIncludingLineBreak)
            : list.Span);

        Repair Repair(TextSpan span) => site.Change($"Remove [{attribute.Name}]", FixKeys.RemoveContradiction, [new TextChange(span, "")]);
    }
}
