using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Contracts;

/// <summary>A method that demands a lock becomes a delegate that cannot: a lambda in between takes it.</summary>
internal sealed class CallUnderLock : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.AcquireAround];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var group = site.Node.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(
            e => site.Model.GetTypeInfo(e).ConvertedType?.TypeKind == TypeKind.Delegate && site.Model.GetSymbolInfo(e).Symbol is IMethodSymbol);
        if (group is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || site.Model.GetSymbolInfo(group).Symbol is not IMethodSymbol method
            || site.Model.GetTypeInfo(group).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke } || invoke.Parameters.Any(static p => p.RefKind != Microsoft.CodeAnalysis.RefKind.None))
        {
            yield break;
        }

        var parameters = string.Join(", ", invoke.Parameters.Select((p, i) => site.FreeName(p.Name.Length > 0 ? p.Name : "value" + i)));
        var call = $"{(invoke.ReturnsVoid ? "" : "return ")}{group}({parameters});";
        foreach (var clause in site.Contracts.Method(method).Clauses.Where(static c => c is { Kind: ClauseKind.MustHold, Locks.Length: 1 }))
        {
            foreach (var form in new LockForms(site).For(clause.Locks[0].Text, clause.Mode))
            {
                yield return site.Change(
                    $"Take '{clause.Locks[0].Text}' around it", FixKeys.AcquireAround,
                    [new TextChange(group.Span, $"({parameters}) => {{ {Editing.ExpressionBodyWrapper.Inline(call, form)} }}")]);
            }
        }
    }
}
