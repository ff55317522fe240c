using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Model;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Locks;

/// <summary>
/// A lock cannot be held across <c>yield return</c> or <c>await</c>: what needs it is read into a local before, under the lock.
/// </summary>
internal sealed class ReadBefore : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.AcquireAround];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<StatementSyntax>(static s => s is not BlockSyntax) is not { Parent: BlockSyntax } statement
            || !Lines.IsFirst(site.Text, statement.SpanStart) || Value(statement, site) is not { } value
            || site.Model.GetTypeInfo(value).Type is not { TypeKind: not TypeKind.Error } type)
        {
            yield break;
        }

        var mode = site[DiagnosticProperties.Mode] == nameof(LockMode.Shared) ? LockMode.Shared : LockMode.Exclusive;
        var indent = Lines.Indentation(site.Text, statement.SpanStart);
        var name = site.FreeName("value");
        foreach (var text in MissingLocks.Of(site))
        {
            foreach (var form in new LockForms(site).For(text, mode))
            {
                var writer = new LineWriter(site.Style);
                var wrapper = new RegionWrapper(site);
                writer.Line(indent, $"{type.ToMinimalDisplayString(site.Model, site.Position)} {name};");
                wrapper.Head(writer, form, indent);
                writer.Line(indent + site.Style.Unit, $"{name} = {value};");
                wrapper.Tail(writer, form, indent);
                yield return site.Change(
                    $"Read it under '{text}' before", FixKeys.AcquireAround,
                    [new TextChange(new TextSpan(Lines.Start(site.Text, statement.SpanStart), 0), writer.ToString()), new TextChange(value.Span, name)]);
            }
        }
    }

    /// <summary>The expression that is read: what is yielded, or the one access in a statement that awaits.</summary>
    private static ExpressionSyntax? Value(StatementSyntax statement, FindingSite site)
    {
        if (statement is YieldStatementSyntax { Expression: { } yielded })
            return yielded;
        if (!statement.DescendantNodes().Any(static node => node is AwaitExpressionSyntax) || site.Diagnostic.Id != RuleIds.GuardedReadUnlocked)
            return null;
        var read = site.Node.AncestorsAndSelf().TakeWhile(static node => node is ExpressionSyntax).OfType<ExpressionSyntax>()
            .TakeWhile(static e => e is IdentifierNameSyntax or MemberAccessExpressionSyntax).LastOrDefault();
        return read;
    }
}
