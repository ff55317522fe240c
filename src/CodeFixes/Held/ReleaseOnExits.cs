using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
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
    public override ImmutableArray<string> Keys(string id) => [FixKeys.ReleaseOnExits];

    public override IEnumerable<Repair> Propose(FindingSite site) => site.Diagnostic.Id == RuleIds.ContractNotKept ? OfEntry(site) : OfAcquisition(site);

    private static IEnumerable<Repair> OfAcquisition(FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.AcquiredAt))
        {
            foreach (var guard in Guards(place, site))
                yield return site.Change("Dispose the guard when it goes out of scope", FixKeys.ReleaseOnExits, [guard]);
            if (LockCallSite.Of(place, site) is not { IsAcquire: true } acquire || acquire.Release() is not { } release)
                continue;
            if (ReleaseInFinally.Of(acquire, release, site) is { } changes)
                yield return site.Change($"Release with '{release}' on every exit", FixKeys.ReleaseOnExits, changes);
            foreach (var taken in (LockUse.Of(acquire, site)?.Acquires ?? [acquire]).Select(static call => call.Statement).OfType<StatementSyntax>().Where(IsInLoop))
                yield return site.Change($"Release with '{release}' in every round", FixKeys.ReleaseOnExits, new StatementEdits(site).Follow(taken, release + ";"));
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

    private static bool IsInLoop(StatementSyntax statement) => statement.Ancestors().TakeWhile(static node => node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax))
        .Any(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

    /// <summary>A guard that is made and not disposed: in a local, or thrown away at once.</summary>
    private static IEnumerable<TextChange> Guards(SyntaxNode place, FindingSite site)
    {
        var statement = place.FirstAncestorOrSelf<StatementSyntax>();
        if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: { } value }] } && IsGuard(value))
        {
            yield return new TextChange(new TextSpan(statement.SpanStart, 0), "using ");
        }
        else if (statement is ExpressionStatementSyntax { Expression: { } made } && IsGuard(made))
        {
            yield return statement.Parent is BlockSyntax
                ? new TextChange(new TextSpan(statement.SpanStart, 0), $"using {(site.Style.UsesVar ? "var" : site.Model.GetTypeInfo(made).Type!.ToMinimalDisplayString(site.Model, site.Position))} {site.FreeName("guard")} = ")
                : new TextChange(statement.Span, $"using ({made}) {{ }}");
        }

        bool IsGuard(ExpressionSyntax made) =>
            made.Span.Contains(place.Span) && site.Model.GetTypeInfo(made).Type is { } type && site.Contracts.IsScopedGuard(type);
    }
}
