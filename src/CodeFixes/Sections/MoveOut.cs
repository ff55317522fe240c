using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;
using MmLock.CodeFixes.Held;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Sections;

/// <summary>
/// What must not happen while something is held happens before it is taken or after it is let go, where no local of the
/// section has a part in it; in a loop or between what has, the section is left around it and entered again.
/// </summary>
internal sealed class MoveOut : RepairPlan
{
    private const int MostOpeners = 3;

    public override ImmutableArray<string> Keys(string id) => id switch
    {
        RuleIds.IrqUnsafeAcquire => [FixKeys.MoveAfter],
        RuleIds.IrqEnabledInside or RuleIds.ReleaseNotHeld => [],
        _ => [FixKeys.MoveBefore, FixKeys.MoveAfter, FixKeys.LetGoAround],
    };

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { } statement || statement is LocalFunctionStatementSyntax)
            yield break;
        foreach (var place in Openers(site))
        {
            var name = LockCallSite.Of(place, site)?.LockText ?? site[DiagnosticProperties.OtherLock] ?? place.ToString();
            var isSection = name.StartsWith("@", System.StringComparison.Ordinal);
            if (site.Diagnostic.Id != RuleIds.IrqUnsafeAcquire && Before(statement, place, site) is { } before)
                yield return site.Change($"Do it before '{name}' is {(isSection ? "entered" : "taken")}", FixKeys.MoveBefore, before);
            if (After(statement, place, site) is { } after)
                yield return site.Change($"Do it after '{name}' is {(isSection ? "left" : "let go")}", FixKeys.MoveAfter, after);
        }

        // Held from the start: only the release is here.
        if (site[DiagnosticProperties.OtherLock] is { } held && !Openers(site).Any()
            && BehindRelease(statement, LockNames.Key(held, site.Position, site), site) is { } behind)
        {
            yield return site.Change($"Do it after '{held}' is let go", FixKeys.MoveAfter, behind);
        }

        foreach (var around in Around(statement, site))
            yield return around;
    }

    /// <summary>Where the section may begin: the place that the rule names, and acquisitions of the same before it.</summary>
    private static IEnumerable<SyntaxNode> Openers(FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.AcquiredAt).Concat(site.Places(LocationRole.OpenedAt)).Distinct())
        {
            var call = LockCallSite.Of(place, site);
            // What only asserts that it is held does not begin it.
            if (call is { IsAcquire: false } || (call is null && !IsGuard(place, site)))
                continue;
            yield return place;
            if (call?.LockKey is null)
                continue;
            foreach (var other in ChangeForm.InBody(call, site).Where(c => c.IsAcquire && c.Call != call.Call && c.Call.SpanStart < site.Node.SpanStart).Take(MostOpeners))
                yield return other.Call;
        }
    }

    private static IEnumerable<TextChange>? Before(StatementSyntax statement, SyntaxNode place, FindingSite site)
    {
        if (Opener(place) is not { } opener)
            return null;
        // In the braces of the section: in front of the statement with the braces.
        if (opener is UsingStatementSyntax or LockStatementSyntax && statement.Ancestors().Contains(opener))
        {
            return MovedStatements.Of(statement, opener, site)?.MoveBefore(opener, (statement.Parent as BlockSyntax)?.Statements[0]);
        }

        return Pair(opener, statement) is (var first, var moved) && !LetsGo(moved, place, site) && MovedStatements.Of(moved, first, site) is { } region ? region.MoveBefore(first, first) : null;
    }

    private static IEnumerable<TextChange>? After(StatementSyntax statement, SyntaxNode place, FindingSite site)
    {
        var opener = Opener(place);
        if (opener is UsingStatementSyntax or LockStatementSyntax && statement.Ancestors().Contains(opener))
        {
            return MovedStatements.Of(statement, opener, site)?.MoveAfter(opener, (statement.Parent as BlockSyntax)?.Statements.Last());
        }

        return LockCallSite.Of(place, site) is { LockKey: { } key } ? BehindRelease(statement, key, site) : null;
    }

    private static IEnumerable<TextChange>? BehindRelease(StatementSyntax statement, string key, FindingSite site)
    {
        for (var moved = statement; moved is not null; moved = moved.Ancestors().TakeWhile(IsInside).OfType<StatementSyntax>().FirstOrDefault(static s => s is not BlockSyntax))
        {
            var siblings = StatementRegion.Siblings(moved);
            var release = siblings.Skip(siblings.IndexOf(moved) + 1).LastOrDefault(
                s => LockCallSite.Of(s, site) is { IsRelease: true, Statement: { } alone } call && alone == s && call.LockKey == key);
            if (release is not null)
                return MovedStatements.Of(moved, release, site)?.MoveAfter(release, release);
        }

        return null;
    }

    /// <summary>Lets go, does it, and takes again: where the statement cannot leave its place.</summary>
    private static IEnumerable<Repair> Around(StatementSyntax statement, FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.AcquiredAt).Concat(site.Places(LocationRole.OpenedAt)).Distinct())
        {
            if (LockCallSite.Of(place, site) is not { LockKey: not null } call || LockUse.Of(call, site) is not { IsUniform: true, Release: { } release } use
                || use.Acquire is not { } acquire || statement is ReturnStatementSyntax { Expression: null })
            {
                continue;
            }

            var edits = new StatementEdits(site);
            if (statement is ReturnStatementSyntax { Expression: { } value })
            {
                var result = site.FreeName("result");
                yield return site.Change(
                    $"Let '{call.LockText}' go around it", FixKeys.LetGoAround,
                    edits.Before(statement, release + ";", $"var {result} = {value};", acquire).Append(new TextChange(value.Span, result)));
                continue;
            }

            var isEmbedded = statement.Parent is not (BlockSyntax or SwitchSectionSyntax);
            yield return site.Change(
                $"Let '{call.LockText}' go around it", FixKeys.LetGoAround,
                isEmbedded ? edits.Around(statement, release + ";", acquire) : edits.Before(statement, release + ";").Concat(edits.After(statement, acquire)));
        }
    }

    /// <summary>What moves would let go before it is taken.</summary>
    private static bool LetsGo(StatementSyntax moved, SyntaxNode place, FindingSite site) =>
        LockCallSite.Of(place, site)?.LockKey is { } key && LockCallSite.In(moved, site).Any(call => call.LockKey == key);

    private static bool IsGuard(SyntaxNode place, FindingSite site) => place.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        LockStatementSyntax => true,
        { } statement => statement.DescendantNodes().OfType<ExpressionSyntax>().Any(
            made => made.Span.IntersectsWith(place.Span) && site.Model.GetTypeInfo(made).Type is { } type && site.Contracts.IsScopedGuard(type)),
        _ => false,
    };

    private static StatementSyntax? Opener(SyntaxNode place) => place.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax);

    /// <summary>The statements around both that are neighbours in one list, the opener first.</summary>
    internal static (StatementSyntax, StatementSyntax)? Pair(StatementSyntax opener, StatementSyntax statement)
    {
        foreach (var first in opener.AncestorsAndSelf().TakeWhile(IsInside).OfType<StatementSyntax>())
        {
            foreach (var moved in statement.AncestorsAndSelf().TakeWhile(IsInside).OfType<StatementSyntax>())
            {
                if (first != moved && first.Parent == moved.Parent && first.Parent is BlockSyntax or SwitchSectionSyntax && first.SpanStart < moved.SpanStart)
                    return (first, moved);
            }
        }

        return null;
    }

    private static bool IsInside(SyntaxNode node) =>
        node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
}
