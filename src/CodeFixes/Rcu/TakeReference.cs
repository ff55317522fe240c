using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Rcu;

/// <summary>
/// Takes a reference while the reader still protects the object (<c>css_tryget</c>), and goes on without the object where that
/// fails; puts it after the use if nobody else does.
/// </summary>
internal sealed class TakeReference : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.TakeReference];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        var use = site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax);
        foreach (var local in site.Places(LocationRole.ReadAt).Select(place => Variable(place, site)).OfType<ILocalSymbol>())
        {
            foreach (var attempt in Methods(local.Type, Analyzers.Model.RefKind.TryAcquires, site))
            {
                foreach (var place in Places(site, use))
                {
                    foreach (var changes in Guards(local.Name, attempt, place, use, local.Type, site))
                        yield return site.Change($"Take a reference with '{attempt}' before the section ends", FixKeys.TakeReference, changes);
                }
            }
        }
    }

    private static IEnumerable<IEnumerable<TextChange>> Guards(
        string name, string attempt, StatementSyntax place, StatementSyntax? use, ITypeSymbol type, FindingSite site)
    {
        var edits = new StatementEdits(site);
        var guards = StatementEdits.Exits(place, site.Model).Select(exit => edits.Guard($"!{name}.{attempt}()", exit)).ToList();
        guards.Add(edits.Guard($"{name} is not null && !{name}.{attempt}()", $"{name} = null;"));
        foreach (var guard in guards)
        {
            var taken = edits.Before(place, guard).ToList();
            yield return taken;
            if (use is null or ReturnStatementSyntax || use == place)
                continue;
            foreach (var put in Methods(type, Analyzers.Model.RefKind.Releases, site))
                yield return taken.Concat(edits.After(use, guard.Contains("is not null") ? $"{name}?.{put}();" : $"{name}.{put}();"));
        }
    }

    /// <summary>Where the reader still protects it: before the section ends, or before the value leaves.</summary>
    private static IEnumerable<StatementSyntax> Places(FindingSite site, StatementSyntax? use)
    {
        foreach (var end in site.Places(LocationRole.ReleasedAt))
        {
            if (end.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax and not { Parent: FinallyClauseSyntax } } statement)
                yield return statement;
        }

        if (use is not null)
            yield return use;
    }

    private static ISymbol? Variable(SyntaxNode place, FindingSite site) =>
        place.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declared ? site.Model.GetDeclaredSymbol(declared) : null;

    private static IEnumerable<string> Methods(ITypeSymbol type, Analyzers.Model.RefKind kind, FindingSite site) =>
        MemberLookup.Levels(type).SelectMany(static level => level.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method is { IsStatic: false, Parameters.IsEmpty: true } && site.Model.IsAccessible(site.Position, method)
                && site.Contracts.Method(method) is { Clauses.IsEmpty: true, References: [var clause] } && clause.Kind == kind && clause.Ordinal == RefClause.Receiver)
            .Select(static method => method.Name);
}
