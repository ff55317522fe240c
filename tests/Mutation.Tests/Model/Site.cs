using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Mutation.Tests.Model;

/// <summary>One effect of a call, in the caller's terms.</summary>
/// <param name="Effect">What happens to which place.</param>
/// <param name="Facts">What is known of the lock; null for references.</param>
internal sealed record SiteEffect(Effect Effect, LockFacts? Facts);

/// <summary>A call of a method with a contract.</summary>
internal sealed record Site(InvocationExpressionSyntax Call, IMethodSymbol Method, Contract Contract, ImmutableArray<SiteEffect> Effects)
{
    /// <summary>The statement that consists of the call alone; null if the result is used.</summary>
    public ExpressionStatementSyntax? Statement => Call.Parent as ExpressionStatementSyntax;

    /// <summary>The arrow body that consists of the call alone.</summary>
    public ArrowExpressionClauseSyntax? Arrow => Call.Parent as ArrowExpressionClauseSyntax;

    public bool Does(EffectKind kind) => Effects.Any(e => e.Effect.Kind == kind);

    /// <summary>The lock that a call takes or releases first, sections of this CPU last.</summary>
    public SiteEffect? Lock(EffectKind kind)
        => Effects.Where(e => e.Effect.Kind == kind).OrderBy(e => e.Effect.Path.StartsWith('@')).FirstOrDefault();

    public override string ToString() => Call.ToString();
}
