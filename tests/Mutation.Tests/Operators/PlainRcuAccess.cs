using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>An RCU pointer is read or written without its accessor, or only peeked at.</summary>
internal sealed class PlainRcuAccess : IOperator
{
    public string Name => "drop an RCU accessor";

    public string Breaks => "an RCU pointer is read and written through accessors only, and one that was peeked at is not followed";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var site in body.Calls().Select(body.SiteOf).OfType<Site>())
        {
            var arguments = site.Call.ArgumentList.Arguments;
            if (arguments.Count == 0 || !site.Method.GetAttributes().Any(a => Contract.Name(a) == nameof(RcuAccessorAttribute)))
                continue;
            var pointer = arguments[0].Expression.ToString();
            foreach (var plain in Plain(body, site, pointer, arguments))
                yield return new Mutant(Name, body, site.Call, $"{plain} for {site}", [Edit.Replace(site.Call, plain)]);
        }
    }

    private static IEnumerable<string> Plain(Body body, Site site, string pointer, SeparatedSyntaxList<ArgumentSyntax> arguments)
        => site.Method.Name switch
        {
            "AssignPointer" or "InitPointer" => [$"{pointer} = {arguments[1]}"],
            "CmpxchgPointer" => [$"System.Threading.Interlocked.CompareExchange(ref {pointer}, {arguments[1]}, {arguments[2]}) == {arguments[2]}"],
            _ when IsFollowed(body, site) => [pointer, $"Rcu.AccessPointer(ref {pointer})"],
            // A peek at what is only compared or handed on is right as far as this body goes.
            _ => [pointer],
        };

    /// <summary>Is a member of the result used in this body?</summary>
    private static bool IsFollowed(Body body, Site site)
    {
        var local = site.Call.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared } => declared.Identifier.Text,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax assigned } => assigned.Identifier.Text,
            _ => null,
        };
        return local is not null && body.Of<MemberAccessExpressionSyntax>(body.Node)
            .Any(access => access.SpanStart > site.Call.SpanStart && access.Expression is IdentifierNameSyntax name && name.Identifier.Text == local);
    }
}
