using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>What one body does to one lock: where it takes it, tries it and lets it go.</summary>
/// <param name="Body">The member, local function or lambda.</param>
/// <param name="Acquires">Acquisitions that are a statement each.</param>
/// <param name="Tries">Calls that take it on some outcome.</param>
/// <param name="Releases">Releases that are a statement each.</param>
internal sealed record LockUse(
    SyntaxNode Body, ImmutableArray<LockCallSite> Acquires, ImmutableArray<LockCallSite> Tries, ImmutableArray<LockCallSite> Releases)
{
    /// <summary>All calls about the lock; null when one of them cannot be told apart from what surrounds it.</summary>
    public static LockUse? Of(LockCallSite call, FindingSite site)
    {
        var calls = ChangeForm.InBody(call, site).ToList();
        var tries = calls.Where(static c => c.IsAcquire && c.Clause is { Outcome: not null }).ToImmutableArray();
        var others = calls.Where(c => !tries.Contains(c)).ToList();
        return others.Any(static c => c.Statement is null || !(c.IsAcquire || c.IsRelease))
            ? null
            : new(ChangeForm.Body(call.Call), [.. others.Where(static c => c.IsAcquire)], tries, [.. others.Where(static c => c.IsRelease)]);
    }

    /// <summary>The call that lets it go.</summary>
    public string? Release => Releases.Select(static call => call.Call.ToString()).FirstOrDefault()
        ?? Acquires.Concat(Tries).Select(static call => call.Release()).FirstOrDefault();

    /// <summary>The statement that takes it again.</summary>
    public string? Acquire => Acquires.Select(static call => call.Again()).FirstOrDefault()
        ?? Releases.Select(static call => call.Acquire()).OfType<string>().Select(static text => text + ";").FirstOrDefault();

    /// <summary>Every call about it, in text order.</summary>
    public IEnumerable<LockCallSite> All => Acquires.Concat(Tries).Concat(Releases).OrderBy(static call => call.Call.SpanStart);

    /// <summary>One mode, one form: what one call says of it is true of all.</summary>
    public bool IsUniform =>
        Acquires.Concat(Tries).Select(static call => call.Release()).Distinct().Count() <= 1
        && All.Select(static call => call.Clause?.Mode ?? LockMode.Shared).Distinct().Count() <= 1;

    /// <summary>The body requires it or lets it go for its caller: it is held at the start.</summary>
    public bool IsHeldOnEntry(FindingSite site) =>
        All.FirstOrDefault() is { } any && site.Model.GetEnclosingSymbol(any.Call.SpanStart) is IMethodSymbol method
        && site.Contracts.Method(method).Clauses.Any(
            clause => clause.Kind is ClauseKind.MustHold or ClauseKind.Releases
                && clause.Locks.Any(one => LockNames.Key(one.Text, any.Call.SpanStart, site) == any.LockKey));

    /// <summary>The statement lists around a place, up to the body, innermost first.</summary>
    public IEnumerable<SyntaxNode> ListsAround(SyntaxNode node) =>
        node.AncestorsAndSelf().TakeWhile(a => a != Body).Where(static a => a is BlockSyntax or SwitchSectionSyntax);

    /// <summary>Jumps that can lead past a call behind them: <c>break</c>, <c>continue</c>, <c>goto</c>.</summary>
    public IEnumerable<StatementSyntax> JumpsBehind(int position) =>
        Body.DescendantNodes(node => node == Body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<StatementSyntax>()
            .Where(jump => jump.SpanStart > position)
            .Where(static jump => jump is BreakStatementSyntax { Parent: not SwitchSectionSyntax } or ContinueStatementSyntax or GotoStatementSyntax);

    /// <summary>The statement right before one in its list.</summary>
    public static StatementSyntax? Previous(StatementSyntax statement)
    {
        var siblings = StatementRegion.Siblings(statement);
        var index = siblings.IndexOf(statement);
        return index > 0 ? siblings[index - 1] : null;
    }
}
