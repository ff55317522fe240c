using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Sections;

/// <summary>
/// Takes the missing lock around the statement and outside of the section in which it stands, where it cannot be taken inside:
/// a second lock of one class, a sleeping lock under a spinning one.
/// </summary>
internal sealed class AcquireOutside : RepairPlan
{
    private const int MostSections = 3;

    public override ImmutableArray<string> Keys(string id) => [FixKeys.AcquireAround];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } statement)
            yield break;
        var mode = site[DiagnosticProperties.Mode] == nameof(LockMode.Shared) ? LockMode.Shared : LockMode.Exclusive;
        foreach (var text in MissingLocks.Of(site))
        {
            foreach (var form in new LockForms(site).For(text, mode).Take(2))
            {
                foreach (var (target, isPair) in Sections(statement, site).Take(MostSections).ToList())
                {
                    var passed = (statement.Parent as BlockSyntax)?.Statements;
                    var title = $"Take '{text}' around it, outside of the section";
                    if (MovedStatements.Of(statement, target, site) is not { } moved)
                        continue;
                    if ((isPair ? moved.MoveBefore(target, target, form) : moved.MoveBefore(target, passed?[0], form)) is { } before)
                        yield return site.Change(title, FixKeys.AcquireAround, before);
                    var end = isPair ? End(statement, target, site) : target;
                    if (end is not null && (isPair ? moved.MoveAfter(end, end, form) : moved.MoveAfter(end, passed?.Last(), form)) is { } after)
                        yield return site.Change(title, FixKeys.AcquireAround, after);
                }
            }
        }
    }

    /// <summary>Sections around the statement: one with braces, or the call that begins it.</summary>
    private static IEnumerable<(StatementSyntax Target, bool IsPair)> Sections(StatementSyntax statement, FindingSite site)
    {
        foreach (var sibling in StatementRegion.Siblings(statement).TakeWhile(s => s != statement).Reverse())
        {
            if (LockCallSite.Of(sibling, site) is { IsAcquire: true, Statement: { } alone } && alone == sibling)
                yield return (sibling, true);
        }

        if (statement.Parent is BlockSyntax { Parent: StatementSyntax outer and (LockStatementSyntax or UsingStatementSyntax) })
            yield return (outer, false);
    }

    private static StatementSyntax? End(StatementSyntax statement, StatementSyntax opener, FindingSite site)
    {
        var key = LockCallSite.Of(opener, site)?.LockKey;
        return StatementRegion.Siblings(statement).SkipWhile(s => s != statement).Skip(1).FirstOrDefault(
            s => LockCallSite.Of(s, site) is { IsRelease: true, Statement: { } alone } call && alone == s && call.LockKey == key);
    }
}
