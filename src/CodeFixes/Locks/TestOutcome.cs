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

namespace MmLock.CodeFixes.Locks;

/// <summary>Looks at the outcome of a try and leaves when it failed; or waits, with the form that cannot fail.</summary>
internal sealed class TestOutcome : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.TestOutcome, FixKeys.WaitInstead];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || site.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || Failure(call, method, site) is not { } failed)
        {
            yield break;
        }

        var edits = new StatementEdits(site);
        foreach (var exit in StatementEdits.Exits(call, site.Model))
        {
            var guard = edits.Guard(failed, exit);
            if (Discarding(call) is { } statement)
            {
                yield return site.Change("Leave when it fails", FixKeys.TestOutcome, [new TextChange(statement.Span, OnLines(guard, statement, site))]);
            }
            else if (call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax local } variable })
            {
                var name = variable.Identifier.Text;
                yield return site.Change(
                    "Leave when it fails", FixKeys.TestOutcome, edits.After(local, edits.Guard(failed.StartsWith("!") ? "!" + name : name, exit)));
            }
        }

        if (LockCallSite.Of(call, site) is { Clause: { } mine } attempt && Discarding(call) is { } ignored)
        {
            foreach (var (text, _) in attempt.Forms((clause, flip) =>
                clause.Kind == ClauseKind.Acquires && clause.Outcome is null && clause.Mode == mine.Mode && flip?.Kind == attempt.Switch?.Kind, attempt.SavedFlags))
            {
                yield return site.Change($"Wait, with '{text}'", FixKeys.WaitInstead, [new TextChange(ignored.Span, text + ";")]);
            }
        }
    }

    /// <summary>The condition under which a try has failed; null where it is no boolean.</summary>
    internal static string? Failure(InvocationExpressionSyntax call, IMethodSymbol method, FindingSite site)
    {
        var contract = site.Contracts.Method(method);
        var outcome = contract.Clauses.Select(static clause => clause.Outcome).Concat(contract.References.Select(static clause => clause.Outcome))
            .FirstOrDefault(static one => one is not null);
        return outcome switch
        {
            { ResultOrdinal: -1, Kind: OutcomeKind.True } => "!" + call,
            { ResultOrdinal: -1, Kind: OutcomeKind.False } => call.ToString(),
            _ => null,
        };
    }

    internal static string OnLines(string guard, StatementSyntax statement, FindingSite site) =>
        Lines.IsFirst(site.Text, statement.SpanStart)
            ? guard.Replace("\n\t", site.Style.NewLine + Lines.Indentation(site.Text, statement.SpanStart) + site.Style.Unit)
            : guard.Replace("\n\t", " ");

    private static StatementSyntax? Discarding(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };
}

/// <summary>Tries instead of waiting where waiting is forbidden, and leaves when it fails.</summary>
internal sealed class TryInstead : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.TryInstead];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (LockCallSite.Of(site.Node, site) is not { Clause: { Kind: ClauseKind.Acquires, Outcome: null } mine } wait
            || wait.Call.Parent is not ExpressionStatementSyntax statement)
        {
            yield break;
        }

        var edits = new StatementEdits(site);
        foreach (var (text, method) in wait.Forms(
            (clause, flip) => clause.Outcome is { ResultOrdinal: -1, Kind: OutcomeKind.True } && !clause.Waits && clause.Mode == mine.Mode && flip?.Kind == wait.Switch?.Kind,
            wait.SavedFlags))
        {
            foreach (var exit in StatementEdits.Exits(statement, site.Model))
            {
                var title = $"Try with '{method.Name}', and leave when it fails";
                yield return site.Change(title, FixKeys.TryInstead, [new TextChange(statement.Span, TestOutcome.OnLines(edits.Guard("!" + text, exit), statement, site))]);
                // Whoever leaves lets go first.
                foreach (var held in site.Places(LocationRole.AcquiredAt).Select(place => LockCallSite.Of(place, site)).OfType<LockCallSite>())
                {
                    if (held.Release() is { } release)
                        yield return site.Change(title, FixKeys.TryInstead, [new TextChange(statement.Span, edits.Block("if (!" + text + ")", statement, release + ";", exit))]);
                }
            }
        }
    }
}
