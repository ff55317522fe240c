using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Annotation;

/// <summary>Writes the nearest name that is known for one that names nothing.</summary>
internal sealed class CorrectName : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.CorrectName];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var span = site.Diagnostic.Location.SourceSpan;
        var token = site.Root.FindToken(span.Start);
        if (site[DiagnosticProperties.NearestName] is not { } nearest || token.Parent is not LiteralExpressionSyntax || !token.Span.Contains(span))
            yield break;
        // The squiggle of an escaped or joined string is the whole of it.
        if (span == token.Span || span.Length == 0 || !SyntaxFacts.IsIdentifierPartCharacter(site.Text[span.Start]))
            yield break;
        yield return site.Change($"Change '{site.Text.ToString(span)}' to '{nearest}'", FixKeys.CorrectName, [new TextChange(span, nearest)]);
    }
}
