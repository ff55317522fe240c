using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Rcu;

/// <summary>Reads and writes RCU pointers through the accessor that fits; which one does shows the trial.</summary>
internal sealed class UseAccessor : RepairPlan
{
    private static readonly RcuRole[] Reads = [RcuRole.Dereference, RcuRole.DereferenceProtected, RcuRole.DereferenceCheck, RcuRole.Peek];
    private static readonly RcuRole[] Writes = [RcuRole.Assign, RcuRole.Initialize];

    public override ImmutableArray<string> Keys(string id) => [FixKeys.UseAccessor];

    public override IEnumerable<Repair> Propose(FindingSite site) => site.Diagnostic.Id switch
    {
        RuleIds.RcuPlainRead => Read(site),
        RuleIds.RcuPlainWrite => Write(site),
        _ => Follow(site),
    };

    private static IEnumerable<Repair> Read(FindingSite site)
    {
        if (Pointer(site.Node) is not { } pointer)
            yield break;
        foreach (var (method, _) in Accessors(site, Reads, parameters: 1))
            yield return Change(site, method, pointer.Span, $"{site.Spell(method)}(ref {pointer})");
    }

    private static IEnumerable<Repair> Write(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { Parent: ExpressionStatementSyntax } assignment
            || !assignment.Left.Span.IntersectsWith(site.Diagnostic.Location.SourceSpan) || assignment.OperatorToken.Text != "=")
        {
            yield break;
        }

        foreach (var (method, _) in Accessors(site, Writes, parameters: 2))
            yield return Change(site, method, assignment.Span, $"{site.Spell(method)}(ref {assignment.Left}, {assignment.Right})");
    }

    /// <summary>What was only peeked at is followed: it has to be dereferenced.</summary>
    private static IEnumerable<Repair> Follow(FindingSite site)
    {
        foreach (var place in site.Places(LocationRole.ReadAt))
        {
            if (place.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } peek)
            {
                foreach (var (method, _) in Accessors(site, Reads, parameters: 1).Where(static found => found.Role != RcuRole.Peek))
                    yield return Change(site, method, peek.Expression.Span, site.Spell(method));
            }
        }
    }

    private static Repair Change(FindingSite site, IMethodSymbol method, TextSpan span, string text) =>
        site.Change($"Use '{method.Name}'", FixKeys.UseAccessor, [new TextChange(span, text)]);

    private static ExpressionSyntax? Pointer(SyntaxNode node) => node switch
    {
        IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } name when access.Name == name => access,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => (ExpressionSyntax)node,
        _ => null,
    };

    private static IEnumerable<(IMethodSymbol Method, RcuRole Role)> Accessors(FindingSite site, RcuRole[] roles, int parameters) =>
        site.StaticMethods()
            .Where(method => method.Parameters.Length == parameters && method.Parameters[0].RefKind == Microsoft.CodeAnalysis.RefKind.Ref)
            .Select(method => (method, Role: site.Contracts.Method(method).RcuRole))
            .Where(found => found.Role is { } role && roles.Contains(role))
            .Select(static found => (found.method, found.Role!.Value))
            .OrderBy(found => Array.IndexOf(roles, found.Value));
}
