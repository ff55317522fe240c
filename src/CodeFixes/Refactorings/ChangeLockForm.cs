using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Turns a pair of calls into the scoped form of the lock, and a scoped form into a pair with <c>try</c>/<c>finally</c>.</summary>
internal sealed class ChangeLockForm : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.ChangeLockForm];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } statement)
            yield break;
        var siblings = StatementRegion.Siblings(statement);
        foreach (var mode in new[] { LockMode.Exclusive, LockMode.Shared })
        {
            foreach (var text in Locks(statement, siblings, site).Distinct())
            {
                var forms = new LockForms(site).For(text, mode).ToList();
                foreach (var (from, to) in forms.SelectMany(from => forms.Select(to => (from, to))).Where(static pair => pair.from != pair.to))
                {
                    if (Change(statement, siblings, from, to, site) is { } changes)
                        yield return site.Change(to.IsOneStatement ? $"Use '{to.Opener}'" : $"Use '{to.Setup[0]}' with try and finally", FixKeys.ChangeLockForm, changes);
                }
            }
        }
    }

    /// <summary>The locks that the statement may be about.</summary>
    private static IEnumerable<string> Locks(StatementSyntax statement, IReadOnlyList<StatementSyntax> siblings, FindingSite site)
    {
        if (statement is LockStatementSyntax locked)
            yield return locked.Expression.ToString();
        var places = new List<Microsoft.CodeAnalysis.SyntaxNode> { statement };
        if (statement is UsingStatementSyntax { Expression: { } guard })
            places = [guard];
        foreach (var place in places)
        {
            foreach (var call in LockCallSite.In(place, site))
            {
                if (call.LockText is { } text)
                    yield return text;
            }
        }
    }

    private static ImmutableArray<TextChange>? Change(
        StatementSyntax statement, IReadOnlyList<StatementSyntax> siblings, LockForm from, LockForm to, FindingSite site)
    {
        var index = siblings.IndexOf(statement);
        foreach (var main in new[] { index, index + from.Setup.Length })
        {
            if (main < siblings.Count && LockedRegion.At(siblings, main, from, site.Text) is { } region)
                return Rewrite(region, to, site);
        }

        return from.Opener == "try" && to.IsOneStatement ? OfPlainPair(siblings, index, from, to, site) : null;
    }

    private static ImmutableArray<TextChange> Rewrite(LockedRegion region, LockForm to, FindingSite site)
    {
        var wrapper = new RegionWrapper(site);
        var indent = Lines.Indentation(site.Text, region.First.SpanStart);
        var (head, tail) = (new LineWriter(site.Style), new LineWriter(site.Style));
        wrapper.Head(head, to, indent);
        wrapper.Tail(tail, to, indent);
        return [new TextChange(region.Head, head.ToString()), new TextChange(region.Tail, tail.ToString())];
    }

    /// <summary>Lock, some statements, unlock, without <c>try</c>.</summary>
    private static ImmutableArray<TextChange>? OfPlainPair(
        IReadOnlyList<StatementSyntax> siblings, int index, LockForm from, LockForm to, FindingSite site)
    {
        if (from.Setup.Length != 1 || from.Cleanup.Length != 1 || siblings[index].ToString() != from.Setup[0])
            return null;
        var end = siblings.Skip(index + 1).FirstOrDefault(s => s.ToString() == from.Cleanup[0]);
        if (end is null || siblings.IndexOf(end) - index < 2)
            return null;
        var region = StatementRegion.Closed(siblings[index + 1], siblings[siblings.IndexOf(end) - 1], site.Model);
        if (region.Last.SpanStart > end.SpanStart)
            return null;
        var edits = new StatementEdits(site);
        return [.. edits.Remove(siblings[index]), .. new RegionWrapper(site).Wrap(region, to), .. edits.Remove(end)];
    }
}
