using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Annotation;

/// <summary>Removes the class that no lock has from the annotation, and the annotation if it names nothing else.</summary>
internal sealed class RemoveUnknown : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => id == RuleIds.UnknownLockClass ? [FixKeys.RemoveUnknown] : [];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        // An expression that does not bind is a slip of somebody who meant something.
        if (site.Diagnostic.Id != RuleIds.UnknownLockClass)
            yield break;
        if (site.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute || AttributeEditor.Removal(site.Node, site) is not { } span)
            yield break;
        yield return site.Change($"Remove what [{attribute.Name}] says of '{site.Text.ToString(site.Span)}'", FixKeys.RemoveUnknown, [new TextChange(span, "")]);
    }
}
