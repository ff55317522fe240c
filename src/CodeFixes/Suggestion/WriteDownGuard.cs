using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Suggestion;

/// <summary>Writes the guard down that nearly every access holds; the accesses without it are findings then.</summary>
internal sealed class WriteDownGuard : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.WriteDownGuard];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var member = site.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (site[DiagnosticProperties.LockExpression] is not { } guard
            || member is not (PropertyDeclarationSyntax or FieldDeclarationSyntax { Declaration.Variables.Count: 1 }))
        {
            yield break;
        }

        yield return site.Change($"Say so: [GuardedBy(\"{guard}\")]", FixKeys.WriteDownGuard, new AttributeEditor(site).Add(member, "GuardedBy", [guard]))
            with { Uncovers = ImmutableHashSet.Create(RuleIds.GuardedReadUnlocked, RuleIds.GuardedWriteUnlocked, RuleIds.RequiredLockNotHeld, RuleIds.GuardedEscape) };
    }
}
