using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>
/// <c>lockdep_assert_held</c> at the top of a method tells at run time what <c>[MustHold]</c> tells callers before. Callers
/// that do not hold it are findings then.
/// </summary>
internal sealed class RequireInsteadOfAssert : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.RequireInsteadOfAssert];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (EnclosingMember.Of(site.Node) is not BaseMethodDeclarationSyntax { Body: { } body } member)
            yield break;
        var asserts = body.Statements.Select(statement => (Statement: statement, Held: Asserted(statement, site))).TakeWhile(static a => a.Held is not null).ToList();
        if (!asserts.Any(a => a.Statement.Span.IntersectsWith(site.Span)))
            yield break;
        var changes = new List<TextChange>();
        var editor = new AttributeEditor(site);
        foreach (var kind in asserts.GroupBy(static a => a.Held!.Value.Mode == LockMode.Shared ? "MustHoldShared" : "MustHold"))
            changes.AddRange(editor.Add(member, kind.Key, [.. kind.Select(static a => a.Held!.Value.Lock).Distinct()]));
        var edits = new StatementEdits(site);
        changes.AddRange(asserts.SelectMany(a => edits.Remove(a.Statement)));
        yield return site.Change("Require it with [MustHold] instead", FixKeys.RequireInsteadOfAssert, changes)
            with { Uncovers = ["MML2001", "MML2012"] };
    }

    private static (string Lock, LockMode Mode)? Asserted(StatementSyntax statement, FindingSite site)
    {
        if (statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
            || site.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || site.Contracts.Method(method) is not { Clauses: [{ Kind: ClauseKind.AssertsHeld, Outcome: null, Locks: [PathExpression { Steps.IsEmpty: true } path] } clause] })
        {
            return null;
        }

        var text = path.Root.Kind switch
        {
            PathRootKind.This => (call.Expression as MemberAccessExpressionSyntax)?.Expression.ToString() ?? "this",
            PathRootKind.Parameter => call.ArgumentList.Arguments.ElementAtOrDefault(path.Root.Ordinal)?.Expression.ToString(),
            _ => null,
        };
        return text is null ? null : (text, clause.Mode);
    }
}
