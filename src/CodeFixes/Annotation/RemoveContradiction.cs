using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Annotation;

/// <summary>Removes the annotation, or its one expression, that contradicts another.</summary>
internal sealed class RemoveContradiction : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.RemoveContradiction];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && AttributeEditor.Removal(site.Node, site) is { } span)
            yield return site.Change($"Remove [{attribute.Name}]", FixKeys.RemoveContradiction, [new TextChange(span, "")]);
    }
}
