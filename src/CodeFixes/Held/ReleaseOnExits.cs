using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>
/// Releases what is still held where the method is left: by <c>using</c> for a guard, by <c>try</c>/<c>finally</c> where the
/// region allows it, otherwise right at the exit.
/// </summary>
internal sealed class ReleaseOnExits : RepairPlan
{
    public override IEnumerable<Repair> Propose(FindingSite site) => site.Diagnostic.Id == RuleIds.ContractNotKept ? OfEntry(site) : OfAcquisition(site);

    private static IEnumerable<Repair> OfAcquisition(FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.AcquiredAt))
        {
            if (GuardDeclaration(place, site) is { } guard)
            {
                yield return site.Change(
                    "Dispose the guard when it goes out of scope", FixKeys.ReleaseOnExits,
                    [new TextChange(new TextSpan(guard.SpanStart, 0), "using ")]);
            }

            if (LockCallSite.Of(place, site) is not { IsAcquire: true } acquire || acquire.Release() is not { } release)
                continue;
            var title = $"Release with '{release}' on every exit";
            if (InFinally(acquire, release, site) is { } changes)
                yield return site.Change(title, FixKeys.ReleaseOnExits, changes);
            foreach (var exit in AtExit(release + ";", site))
                yield return site.Change($"Release with '{release}' here", FixKeys.ReleaseOnExits, exit);
        }
    }

    /// <summary>What the contract says is released, and was held from the start: no acquisition tells how.</summary>
    private static IEnumerable<Repair> OfEntry(FindingSite site)
    {
        if (site.Model.GetEnclosingSymbol(site.Position) is not IMethodSymbol method)
            yield break;
        foreach (var clause in site.Contracts.Method(method).Clauses.Where(static clause => clause.Kind == ClauseKind.Releases))
        {
            foreach (var release in clause.Locks.SelectMany(one => new LockForms(site).Releases(one.Text, clause.Mode).Take(2)))
            {
                foreach (var exit in AtExit(release + ";", site))
                    yield return site.Change($"Release with '{release}' here", FixKeys.ReleaseOnExits, exit);
            }
        }
    }

    /// <summary>The changes that add a statement where the finding says that the body is left.</summary>
    internal static IEnumerable<IEnumerable<TextChange>> AtExit(string statement, FindingSite site)
    {
        var edits = new StatementEdits(site);
        var exit = site.Node.FirstAncestorOrSelf<StatementSyntax>();
        if (exit is BlockSyntax block)
        {
            yield return edits.AtEnd(block, statement);
        }
        else if (exit is ReturnStatementSyntax leaving)
        {
            yield return edits.Before(leaving, statement);
            // What is returned may need the lock.
            if (leaving.Expression is { } value and not RefExpressionSyntax)
            {
                var name = site.FreeName("result");
                yield return edits.Before(leaving, $"var {name} = {value};", statement).Concat([new TextChange(value.Span, name)]);
            }
        }
        else if (exit is not null)
        {
            yield return edits.Before(exit, statement);
        }
    }

    private static LocalDeclarationStatementSyntax? GuardDeclaration(SyntaxNode place, FindingSite site) =>
        place.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: { } value }] } local
        && value.Span.Contains(place.Span) && site.Model.GetTypeInfo(value).Type is { } type && site.Contracts.IsScopedGuard(type)
            ? local
            : null;

    private static ImmutableArray<TextChange>? InFinally(LockCallSite acquire, string release, FindingSite site)
    {
        if (Region(acquire) is not { } siblings || siblings.Count == 0)
            return null;
        var releases = siblings.SelectMany(s => LockCallSite.In(s, site))
            .Where(call => call.IsRelease && call.LockText == acquire.LockText).ToList();
        if (releases.Any(call => call.Statement is null || call.Call.ToString() != release))
            return null;
        var statements = releases.Select(static call => call.Statement!).ToList();
        var end = statements.FirstOrDefault(s => siblings.Contains(s));
        var region = end is null ? siblings : [.. siblings.TakeWhile(s => s != end)];
        if (region.Count == 0 || statements.Any(s => s != end && !IsBeforeExit(s) && !IsTail(s, region)) || statements.Any(s => s != end && !region.Any(r => r.Span.Contains(s.Span))))
            return null;
        var closed = StatementRegion.Closed(region[0], region[region.Count - 1], site.Model);
        if (closed.Last != region[region.Count - 1] || !closed.Hoisted.IsEmpty)
            return null;
        var edits = new StatementEdits(site);
        var changes = new RegionWrapper(site).Wrap(closed, new LockForm([], "try", [], [release + ";"])).ToList();
        // A line that goes is not moved to the right before.
        var removed = statements.SelectMany(edits.Remove).ToList();
        changes.RemoveAll(change => removed.Any(gone => gone.Span.Contains(change.Span) && change.Span.Start < gone.Span.End));
        changes.AddRange(removed);
        return [.. changes];
    }

    /// <summary>The statements that run while it is held.</summary>
    private static IReadOnlyList<StatementSyntax>? Region(LockCallSite acquire)
    {
        if (acquire.Statement is { Parent: BlockSyntax } statement)
            return Behind(statement);
        if (acquire.Call.Parent is IfStatementSyntax { Else: null, Statement: BlockSyntax body } positive && positive.Condition == acquire.Call)
            return body.Statements;
        return acquire.Call.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Parent: BlockSyntax } negative }
            ? Behind(negative)
            : null;

        static IReadOnlyList<StatementSyntax> Behind(StatementSyntax statement) =>
            [.. StatementRegion.Siblings(statement).SkipWhile(s => s != statement).Skip(1)];
    }

    /// <summary>Nothing of the region runs after it.</summary>
    private static bool IsTail(StatementSyntax statement, IReadOnlyList<StatementSyntax> region)
    {
        for (var current = statement; ; current = current.FirstAncestorOrSelf<StatementSyntax>(s => s != current && s is not BlockSyntax)!)
        {
            var siblings = StatementRegion.Siblings(current);
            if (siblings[siblings.Count - 1] != current && siblings[siblings.Count - 1] is not BreakStatementSyntax)
                return false;
            if (current == region[region.Count - 1])
                return true;
            if (current.Ancestors().OfType<StatementSyntax>().First(static s => s is not BlockSyntax) is not (IfStatementSyntax or SwitchStatementSyntax))
                return false;
        }
    }

    private static bool IsBeforeExit(StatementSyntax statement)
    {
        var siblings = StatementRegion.Siblings(statement);
        var next = siblings.SkipWhile(s => s != statement).Skip(1).FirstOrDefault();
        return next is ReturnStatementSyntax or ThrowStatementSyntax;
    }
}
