using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Rcu;

/// <summary>Frees after a grace period: by the deferred form of the free (<c>kfree_rcu</c>), or after a wait for the readers.</summary>
internal sealed class WaitBeforeFree : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.FreeDeferred, FixKeys.WaitForReaders];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || site.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol free)
        {
            yield break;
        }

        foreach (var deferred in free.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(method =>
            method.IsStatic == free.IsStatic && Has(method, ClauseKind.FreesAfterGracePeriod, site)
            && method.Parameters.Select(static p => p.Type).SequenceEqual(free.Parameters.Select(static p => p.Type), SymbolEqualityComparer.Default)))
        {
            var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name.Span : call.Expression.Span;
            yield return site.Change($"Free with '{deferred.Name}'", FixKeys.FreeDeferred, [new TextChange(name, deferred.Name)]);
        }

        if (call.Parent is not ExpressionStatementSyntax statement)
            yield break;
        foreach (var wait in site.StaticMethods().Where(method => method.Parameters.IsEmpty && Has(method, ClauseKind.WaitsForReaders, site)))
            yield return site.Change("Wait for the readers before", FixKeys.WaitForReaders, new StatementEdits(site).Before(statement, site.Spell(wait) + "();"));
    }

    private static bool Has(IMethodSymbol method, ClauseKind kind, FindingSite site) =>
        site.Contracts.Method(method).Clauses.Any(clause => clause.Kind == kind);
}
