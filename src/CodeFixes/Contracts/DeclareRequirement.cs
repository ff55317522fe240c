using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Contracts;

/// <summary>Passes the duty on: the member that misses a lock requires it from its callers.</summary>
internal sealed class DeclareRequirement : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.DeclareMustHold];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site[DiagnosticProperties.RequiredClause] is not { } text || Attribute(text) is not { } clause
            || EnclosingMember.Of(site.Node) is not { } member || !CanAskCallers(member, site))
        {
            yield break;
        }

        var name = clause.Name.ToString();
        var arguments = clause.ArgumentList!.Arguments.Select(static a => ((LiteralExpressionSyntax)a.Expression).Token.ValueText).ToImmutableArray();
        var editor = new AttributeEditor(site);
        yield return site.Change($"Require it from the callers: [{text}]", FixKeys.DeclareMustHold, Stronger(member, name, arguments) ?? editor.Add(member, name, arguments))
            with { PassesOn = true };
    }

    private static AttributeSyntax? Attribute(string text) =>
        SyntaxFactory.ParseCompilationUnit($"[assembly: {text}]").DescendantNodes().OfType<AttributeSyntax>()
            .FirstOrDefault(static a => a.ArgumentList is { Arguments.Count: > 0 } list && list.Arguments.All(static x => x.Expression is LiteralExpressionSyntax));

    /// <summary>What was required shared is required exclusively now: two demands on one lock would only confuse.</summary>
    private static ImmutableArray<TextChange>? Stronger(SyntaxNode member, string name, ImmutableArray<string> arguments)
    {
        if (name != "MustHold" || arguments.Length != 1)
            return null;
        return AttributeEditor.Of(member, "MustHoldShared").FirstOrDefault(
            weaker => weaker.ArgumentList is { Arguments: [{ NameEquals: null, Expression: var only }] } && Names(only, arguments[0])) is { } found
            ? [new TextChange(found.Name.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Span, name)]
            : null;
    }

    private static bool Names(ExpressionSyntax expression, string name) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText == name,
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: { } named }] } => named.ToString() == name,
        _ => false,
    };

    /// <summary>Nobody can be asked who is not in the program: the runtime calls these.</summary>
    private static bool CanAskCallers(SyntaxNode member, FindingSite site) => member switch
    {
        DestructorDeclarationSyntax => false,
        ConstructorDeclarationSyntax constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword),
        MethodDeclarationSyntax method => !SymbolEqualityComparer.Default.Equals(
            site.Model.GetDeclaredSymbol(method), site.Model.Compilation.GetEntryPoint(site.Cancellation)),
        _ => true,
    };
}
