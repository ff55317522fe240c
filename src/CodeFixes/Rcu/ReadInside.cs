using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Rcu;

/// <summary>What follows the pointer is done, and its result kept, before the reader ends.</summary>
internal sealed class ReadInside : RepairPlan
{
    private const string Title = "Use it before the reader ends";

    public override ImmutableArray<string> Keys(string id) => [FixKeys.MoveInto];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } use)
            yield break;
        foreach (var end in site.Places(LocationRole.ReleasedAt).Select(static place => place.FirstAncestorOrSelf<StatementSyntax>()).OfType<StatementSyntax>())
        {
            if (end.Parent != use.Parent || end.SpanStart > use.SpanStart)
                continue;
            if (use is not ReturnStatementSyntax { Expression: { } value })
            {
                if (MovedStatements.Of(use, end, site)?.MoveBefore(end, end) is { } moved)
                    yield return site.Change(Title, FixKeys.MoveInto, moved);
                continue;
            }

            // Nothing may stand between that the result depends on.
            if (StatementRegion.Siblings(use) is var siblings && siblings.IndexOf(use) != siblings.IndexOf(end) + 1)
                continue;
            var name = site.FreeName("result");
            yield return site.Change(
                Title, FixKeys.MoveInto,
                new StatementEdits(site).Before(end, $"{Type(value, site)} {name} = {value};").Append(new TextChange(value.Span, name)));
        }
    }

    private static string Type(ExpressionSyntax value, FindingSite site) =>
        site.Style.UsesVar || site.Model.GetTypeInfo(value).Type is not { } type ? "var" : type.ToMinimalDisplayString(site.Model, site.Position);
}
