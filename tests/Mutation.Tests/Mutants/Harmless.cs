using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Mutation.Tests.Model;

namespace MmLock.Mutation.Tests.Mutants;

/// <summary>
/// Why may a mutant break nothing although its kind does? Each reason is a test on the source, made before the analyzer is asked.
/// </summary>
internal static class Harmless
{
    /// <summary>The two names are tied by an assignment: on some way they are one object, and then nothing was changed.</summary>
    public static string? OneObject(Body body, ISymbol one, ISymbol other)
        => body.Names.AreTied(one, other) ? "both names may be of one object" : null;

    /// <summary>The other name is null here, and the receiver: the call throws before it does anything.</summary>
    public static string? KnownNull(Body body, ISymbol other, SyntaxNode at)
    {
        if (at.Ancestors().TakeWhile(node => node is not StatementSyntax).OfType<ArgumentSyntax>().Any())
            return null;
        var left = body.Of<IfStatementSyntax>(body.Node).LastOrDefault(test => test.Span.End < at.SpanStart
            && test.Condition.ToString() == $"{other.Name} != null" && test.Statement is ReturnStatementSyntax);
        return left is not null && !body.Of<AssignmentExpressionSyntax>(body.Node).Any(a => a.Left.ToString() == other.Name
            && a.SpanStart > left.Span.End && a.SpanStart < at.SpanStart)
                ? "the other name is null here, so the call throws"
                : null;
    }

    /// <summary>The body was told that the lock is held, it did not take it; to keep it is as good as to release it.</summary>
    public static string? Asserted(Body body, Site release)
        => body.Calls().Select(body.SiteOf).OfType<Site>().Any(site => site.Method.GetAttributes().Any(IsAssertion)
            && release.Effects.Any(e => body.Names.Of(Receiver(site)) == e.Effect.Path))
            ? "the lock was asserted, not taken: whoever asserts answers for it"
            : null;

    /// <summary>The section is that of an object made in this body; whoever finds it later finds it complete. Tokens are asked for even so.</summary>
    public static string? Fresh(Section section)
        => section.Facts?.Kind != LockKind.Token && section.Body.Of<VariableDeclaratorSyntax>(section.Body.Node).Any(local =>
            local.Initializer?.Value is BaseObjectCreationExpressionSyntax
            && section.Effect.Path.StartsWith(local.Identifier.Text + ".", System.StringComparison.Ordinal))
            ? "the lock of an object that nobody else can see yet"
            : null;

    private static bool IsAssertion(AttributeData attribute) => Contract.Name(attribute) is nameof(AssertsHeldAttribute);

    private static ExpressionSyntax Receiver(Site site)
        => site.Call.Expression is MemberAccessExpressionSyntax access ? access.Expression : site.Call.Expression;
}
