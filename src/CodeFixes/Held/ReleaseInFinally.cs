using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>Puts what runs under an acquisition into <c>try</c>, and its release into <c>finally</c> instead of where it stood.</summary>
internal static class ReleaseInFinally
{
    /// <summary>The changes; null where a release lets others run without the lock.</summary>
    public static ImmutableArray<TextChange>? Of(LockCallSite acquire, string release, FindingSite site)
    {
        if (Region(acquire) is not { } siblings || siblings.Count == 0)
            return null;
        var releases = siblings.SelectMany(s => LockCallSite.In(s, site))
            .Where(call => call.IsRelease && call.LockKey == acquire.LockKey).ToList();
        if (releases.Any(call => call.Statement is null || !IsKin(call.Call.ToString(), release)))
            return null;
        var statements = releases.Select(static call => call.Statement!).ToList();
        var end = statements.FirstOrDefault(s => siblings.Contains(s));
        var region = end is null ? siblings : [.. siblings.TakeWhile(s => s != end)];
        if (region.Count == 0 || statements.Any(s => s != end && !IsBeforeExit(s) && !IsTail(s, region[region.Count - 1]))
            || statements.Any(s => s != end && !region.Any(r => r.Span.Contains(s.Span))))
        {
            return null;
        }

        var closed = StatementRegion.Closed(region[0], region[region.Count - 1], site.Model);
        if (closed.Last != region[region.Count - 1] || !closed.Hoisted.IsEmpty)
            return null;
        var edits = new StatementEdits(site);
        var changes = new RegionWrapper(site).Wrap(closed, new LockForm([], "try", [], [release + ";"])).ToList();
        // A line that goes is not moved to the right before.
        var removed = statements.Select(Conditions.WithItsOwn).SelectMany(edits.Remove).ToList();
        changes.RemoveAll(change => removed.Any(gone => gone.Span.Contains(change.Span) && change.Span.Start < gone.Span.End));
        changes.AddRange(removed);
        return [.. changes];
    }

    /// <summary>The same method, whatever name the lock goes by.</summary>
    private static bool IsKin(string one, string other) =>
        one == other || (Name(one) == Name(other) && !one.Contains("flags") && !other.Contains("flags"));

    private static string Name(string call)
    {
        var head = call.Substring(0, System.Math.Max(0, call.IndexOf('(')));
        return head.Substring(head.LastIndexOf('.') + 1);
    }

    /// <summary>The statements that run while it is held.</summary>
    private static IReadOnlyList<StatementSyntax>? Region(LockCallSite acquire)
    {
        if (acquire.Statement is { Parent: BlockSyntax } statement)
            return Behind(statement);
        if (acquire.Call.Parent is IfStatementSyntax { Else: null } positive && positive.Condition == acquire.Call)
            return StatementRegion.Siblings(positive.Statement is BlockSyntax { Statements: [{ } inner, ..] } ? inner : positive.Statement);
        return acquire.Call.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Parent: BlockSyntax } negative }
            ? Behind(negative)
            : null;

        static IReadOnlyList<StatementSyntax> Behind(StatementSyntax statement) =>
            [.. StatementRegion.Siblings(statement).SkipWhile(s => s != statement).Skip(1)];
    }

    /// <summary>Nothing of the region runs after it.</summary>
    private static bool IsTail(StatementSyntax statement, StatementSyntax last)
    {
        var current = statement;
        while (true)
        {
            var siblings = StatementRegion.Siblings(current);
            var index = siblings.IndexOf(current);
            if (siblings.Skip(index + 1).Any(static s => s is not BreakStatementSyntax))
                return false;
            if (current == last)
                return true;
            var outer = current.Ancestors().OfType<StatementSyntax>().FirstOrDefault(static s => s is not BlockSyntax);
            if (outer is not (IfStatementSyntax or SwitchStatementSyntax))
                return false;
            current = outer;
        }
    }

    private static bool IsBeforeExit(StatementSyntax statement)
    {
        var siblings = StatementRegion.Siblings(statement);
        var next = siblings.SkipWhile(s => s != statement).Skip(1).FirstOrDefault();
        return next is ReturnStatementSyntax or ThrowStatementSyntax;
    }
}
