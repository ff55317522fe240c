using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Puts the selected statements under a lock that the type has.</summary>
internal sealed class WrapInLock : RepairPlan
{
    private const int MostLocks = 5;

    public override ImmutableArray<string> Keys(string id) => [FixKeys.WrapInLock];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Span.IsEmpty || Selected(site) is not var (first, last))
            yield break;
        var region = StatementRegion.Closed(first, last, site.Model);
        foreach (var name in Locks(site).Take(MostLocks))
        {
            foreach (var form in new LockForms(site).For(name, LockMode.Exclusive))
                yield return site.Change($"Wrap in '{name}'", FixKeys.WrapInLock, new RegionWrapper(site).Wrap(region, form));
        }
    }

    private static (StatementSyntax, StatementSyntax)? Selected(FindingSite site)
    {
        var whole = site.Node.AncestorsAndSelf().FirstOrDefault(static node => node is BlockSyntax or SwitchSectionSyntax);
        var statements = whole switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        var selected = statements.Where(s => s.Span.IntersectsWith(site.Span) && s.Span.End != site.Span.Start && s.SpanStart != site.Span.End).ToList();
        return selected.Count == 0 ? null : (selected[0], selected[selected.Count - 1]);
    }

    private static IEnumerable<string> Locks(FindingSite site)
    {
        var type = site.Model.GetEnclosingSymbol(site.Position)?.ContainingType;
        if (type is null)
            yield break;
        var guards = type.GetMembers().SelectMany(m => m is IFieldSymbol or IPropertySymbol ? site.Contracts.Field(m).Guards : [])
            .SelectMany(static guard => guard.Locks).Select(static l => l.Text).ToList();
        foreach (var member in type.GetMembers().Where(static m => m is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol))
        {
            if (MemberLookup.TypeOf(member) is { } held && (site.Contracts.LockTypeOf(held) is { Kind: not LockKind.Token }
                || held.SpecialType == SpecialType.System_Object || guards.Contains(member.Name)))
            {
                yield return member.Name;
            }
        }
    }
}
