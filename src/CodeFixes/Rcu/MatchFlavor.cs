using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Rcu;

/// <summary>Uses the flavour of the pointer: its accessor, its reader section, its wait for readers.</summary>
internal sealed class MatchFlavor : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.MatchFlavor];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call
            && site.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Parameters.Length: > 0 } used && site.Contracts.Method(used) is { RcuRole: { } role, RcuFlavor: not null })
        {
            foreach (var accessor in site.StaticMethods().Where(method => method.Parameters.Length == used.Parameters.Length
                && method.Parameters[0].RefKind == used.Parameters[0].RefKind && !SymbolEqualityComparer.Default.Equals(method, used.OriginalDefinition)
                && site.Contracts.Method(method) is var contract && contract.RcuRole == role
                && (contract.RcuFlavor is null || contract.RcuFlavor.Text == site[DiagnosticProperties.Lock])))
            {
                yield return site.Change($"Use '{accessor.Name}'", FixKeys.MatchFlavor, [new TextChange(call.Expression.Span, site.Spell(accessor))]);
            }
        }

        var isFree = site.Places(LocationRole.ReleasedAt).Any();
        foreach (var wait in isFree ? ChangeForm.Body(site.Node).DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => Waits(call, site)) : [])
        {
            foreach (var other in site.StaticMethods().Where(method => method.Parameters.IsEmpty && Waits(method, site)))
                yield return site.Change($"Wait with '{other.Name}'", FixKeys.MatchFlavor, [new TextChange(wait.Expression.Span, site.Spell(other))]);
        }

        if (site[DiagnosticProperties.Lock] is not { } flavor)
            yield break;
        foreach (var form in new LockForms(site).For(flavor, LockMode.Shared).Where(static form => form is { Setup.Length: 1, Cleanup.Length: 1 }))
        {
            foreach (var changes in Readers(form, flavor, site))
                yield return site.Change($"Be a reader of '{flavor}'", FixKeys.MatchFlavor, changes);
        }
    }

    private static bool Waits(InvocationExpressionSyntax call, FindingSite site) =>
        call.SpanStart < site.Position && site.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Parameters.IsEmpty: true } method && Waits(method, site);

    private static bool Waits(IMethodSymbol method, FindingSite site) =>
        site.Contracts.Method(method).Clauses.Any(static clause => clause.Kind == ClauseKind.WaitsForReaders);

    /// <summary>All calls of one reader section of the body, as calls of the other flavour.</summary>
    private static IEnumerable<IEnumerable<TextChange>> Readers(LockForm form, string flavor, FindingSite site)
    {
        var readers = LockCallSite.In(ChangeForm.Body(site.Node), site)
            .Where(call => call is { Statement: ExpressionStatementSyntax, Clause.Locks: [ContextExpression] } && call.LockText != flavor)
            .GroupBy(static call => call.LockKey);
        foreach (var section in readers)
            yield return section.Select(call => new TextChange(call.Statement!.Span, call.IsRelease ? form.Cleanup[0] : form.Setup[0]));
    }
}
