using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Contracts;

/// <summary>Says in the contract what the body does: takes a lock for its caller, gives up the caller's, takes one more class.</summary>
internal sealed class DeclareEffect : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => id switch
    {
        RuleIds.HeldAtExit => [FixKeys.DeclareAcquires],
        RuleIds.ReleaseNotHeld => [FixKeys.DeclareReleases],
        RuleIds.ContractNotKept => [FixKeys.DeclareMayAcquire],
        RuleIds.SleepInAtomic => [FixKeys.DeclareMaySleep],
        _ => [],
    };

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (EnclosingMember.Of(site.Node) is not { } member)
            yield break;
        var editor = new AttributeEditor(site);
        switch (site.Diagnostic.Id)
        {
            case RuleIds.HeldAtExit when site[DiagnosticProperties.LockExpression] is { } tried && site.Node.FirstAncestorOrSelf<ReturnStatementSyntax>() is { Expression: InvocationExpressionSyntax }
                && site[DiagnosticProperties.Certainty] == DiagnosticProperties.SomePaths && site.Model.GetEnclosingSymbol(site.Position) is IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean }:
                var attempts = site[DiagnosticProperties.Mode] == "Shared" ? "TryAcquiresShared" : "TryAcquires";
                yield return site.Change($"Hand it to the caller: [{attempts}(\"{tried}\")]", FixKeys.DeclareAcquires, editor.Add(member, attempts, [tried]))
                    with { PassesOn = true };
                break;
            case RuleIds.HeldAtExit when site[DiagnosticProperties.LockExpression] is { } expression:
                var acquires = site[DiagnosticProperties.Mode] == "Shared" && expression != "this" ? "AcquiresShared" : "Acquires";
                yield return site.Change($"Hand it to the caller: [{acquires}(\"{expression}\")]", FixKeys.DeclareAcquires, editor.Add(member, acquires, [expression]))
                    with { PassesOn = true };
                break;
            case RuleIds.ReleaseNotHeld when site[DiagnosticProperties.LockExpression] is { } expression:
                var releases = site[DiagnosticProperties.Mode] == "Shared" ? "ReleasesShared" : "Releases";
                yield return site.Change($"Take it over from the caller: [{releases}(\"{expression}\")]", FixKeys.DeclareReleases, editor.Add(member, releases, [expression]))
                    with { PassesOn = true };
                break;
            case RuleIds.ContractNotKept when site[DiagnosticProperties.LockClass] is { } taken && AttributeEditor.Of(member, "MayAcquire").Any():
                yield return site.Change($"Add '@{taken}' to [MayAcquire]", FixKeys.DeclareMayAcquire, editor.Add(member, "MayAcquire", ["@" + taken]));
                break;
            case RuleIds.SleepInAtomic when AttributeEditor.Of(member, "NeverSleeps").FirstOrDefault() is { } promise:
                yield return site.Change(
                    "Say that it may sleep: [MaySleep]", FixKeys.DeclareMaySleep,
                    [new TextChange(promise.Name.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Span, "MaySleep")]) with { PassesOn = true };
                break;
        }
    }
}
