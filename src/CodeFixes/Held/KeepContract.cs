using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>
/// A promise of the contract is not kept: the lock is taken at the start or taken back at the exit, or the contract says from
/// now on that it is let go.
/// </summary>
internal sealed class KeepContract : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.KeepPromise, FixKeys.CorrectContract];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Model.GetEnclosingSymbol(site.Position) is not IMethodSymbol method)
            yield break;
        foreach (var clause in site.Contracts.Method(method).Clauses.Where(
            static clause => clause is { Kind: ClauseKind.MustHold or ClauseKind.Acquires, Outcome: null, Locks.Length: > 0 }))
        {
            foreach (var name in clause.Locks.Select(static one => one.Text))
            {
                foreach (var repair in Takes(name, clause, site))
                    yield return repair;
            }
        }

        if (EnclosingMember.Of(site.Node) is not { } member)
            yield break;
        foreach (var (word, instead) in new[] { ("MustHold", "Releases"), ("MustHoldShared", "ReleasesShared") })
        {
            foreach (var promise in AttributeEditor.Of(member, word).Where(static p => p.ArgumentList is { Arguments.Count: > 0 }))
            {
                var title = $"Say that it is let go: [{instead}{promise.ArgumentList}]";
                yield return site.Change(title, FixKeys.CorrectContract, [new TextChange(promise.Name.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Span, instead)])
                    with { PassesOn = true };
            }
        }
    }

    private static IEnumerable<Repair> Takes(string name, ContractClause clause, FindingSite site)
    {
        var forms = new LockForms(site).For(name, clause.Mode).Where(static form => form.Setup.Length == 1).Select(static form => form.Setup[0]).Distinct().Take(2);
        foreach (var acquire in forms)
        {
            if (clause.Kind == ClauseKind.Acquires && Start(site) is { } first)
                yield return site.Change($"Take '{name}' at the start", FixKeys.KeepPromise, new StatementEdits(site).Before(first, acquire));
            foreach (var exit in ReleaseOnExits.AtExit(acquire, site))
                yield return site.Change(clause.Kind == ClauseKind.Acquires ? $"Take '{name}' before it is left" : $"Take '{name}' again before it is left", FixKeys.KeepPromise, exit);
        }
    }

    private static StatementSyntax? Start(FindingSite site) => ChangeForm.Body(site.Node) switch
    {
        BaseMethodDeclarationSyntax { Body.Statements: [{ } first, ..] } => first,
        LocalFunctionStatementSyntax { Body.Statements: [{ } first, ..] } => first,
        AnonymousFunctionExpressionSyntax { Block.Statements: [{ } first, ..] } => first,
        _ => null,
    };
}
