using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Symbols;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes.Contracts;

/// <summary>
/// Makes one contract of two: the override takes over what its base says, or the base says what the override does and the
/// callers are asked.
/// </summary>
internal sealed class AdoptContract : RepairPlan
{
    public override ImmutableArray<string> Keys(string id) => [FixKeys.AdoptBaseContract, FixKeys.AdoptOverrideContract];

    public override IEnumerable<Repair> Propose(FindingSite site)
    {
        if (site.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member
            || member is not (MethodDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or EventDeclarationSyntax)
            || site.Model.GetDeclaredSymbol(member) is not { } symbol || !symbol.Locations.Any(place => place.SourceSpan.IntersectsWith(site.Span)))
        {
            foreach (var repair in OfDelegate(site))
                yield return repair;
            yield break;
        }

        var own = Lists(member, site.Model).ToList();
        if (own.Count == 0 && member is BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors })
        {
            // On one accessor, the base has nothing of its name to bear it.
            var onAccessors = accessors.SelectMany(accessor => Lists(accessor, site.Model)).ToList();
            foreach (var declared in Bases(symbol, site).Take(onAccessors.Count > 0 ? 1 : 0))
                yield return site.Change($"Keep the contract of '{Name(declared)}'", FixKeys.AdoptBaseContract, Without(onAccessors, site.Text));
            yield break;
        }

        foreach (var declared in Bases(symbol, site).Take(2))
        {
            if (own.Count > 0)
                yield return site.Change($"Keep the contract of '{Name(declared)}'", FixKeys.AdoptBaseContract, Without(own, site.Text));
            if (declared.DeclaringSyntaxReferences is [{ } reference] && reference.GetSyntax(site.Cancellation) is MemberDeclarationSyntax other
                && Write(own, other, Name(declared), site) is { } asked)
            {
                yield return asked;
            }
        }
    }

    /// <summary>A method with a contract becomes a delegate without one: the delegate type says it.</summary>
    private static IEnumerable<Repair> OfDelegate(FindingSite site)
    {
        var converted = site.Node.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(e => site.Model.GetTypeInfo(e).ConvertedType?.TypeKind == TypeKind.Delegate);
        if (converted is null || site.Model.GetTypeInfo(converted).ConvertedType is not { DeclaringSyntaxReferences: [{ } reference] } type
            || reference.GetSyntax(site.Cancellation) is not DelegateDeclarationSyntax declared
            || site.Model.GetSymbolInfo(converted).Symbol is not IMethodSymbol { DeclaringSyntaxReferences: [{ } method] }
            || method.SyntaxTree != site.Root.SyntaxTree || method.GetSyntax(site.Cancellation) is not MemberDeclarationSyntax bearer)
        {
            yield break;
        }

        if (Write([.. Lists(bearer, site.Model)], declared, type.Name, site) is { } asked)
            yield return asked;
    }

    private static IEnumerable<ISymbol> Bases(ISymbol symbol, FindingSite site) => symbol switch
    {
        IMethodSymbol method => site.Contracts.BasesOf(method, all: true),
        IPropertySymbol { GetMethod: { } get } => site.Contracts.BasesOf(get, all: true).Select(static accessor => accessor.AssociatedSymbol ?? accessor),
        IPropertySymbol { SetMethod: { } set } => site.Contracts.BasesOf(set, all: true).Select(static accessor => accessor.AssociatedSymbol ?? accessor),
        _ => [],
    };

    /// <summary>The attributes that are a contract, each with its list.</summary>
    private static IEnumerable<(AttributeListSyntax List, ImmutableArray<AttributeSyntax> Words)> Lists(SyntaxNode member, SemanticModel model) =>
        AttributeEditor.Lists(member).Where(static list => list.Target is null)
            .Select(list => (list, list.Attributes.Where(word => IsContract(word, model)).ToImmutableArray()))
            .Where(static found => !found.Item2.IsEmpty);

    private static bool IsContract(AttributeSyntax word, SemanticModel model) =>
        KnownTypeNames.AnnotationName(model.GetSymbolInfo(word).Symbol?.ContainingType) is { } name
        && name is not ("NoLockAnalysis" or "SameLock") && !name.EndsWith("GuardedBy", System.StringComparison.Ordinal) && name is not ("StableUnder" or "LockClass" or "RcuGuarded");

    private static IEnumerable<TextChange> Without(IEnumerable<(AttributeListSyntax List, ImmutableArray<AttributeSyntax> Words)> lists, SourceText text)
    {
        foreach (var (list, words) in lists)
        {
            var left = list.Attributes.Where(word => !words.Contains(word)).ToList();
            if (left.Count > 0)
            {
                yield return new TextChange(list.Attributes.Span, string.Join(", ", left));
                continue;
            }

            var end = list.GetLastToken().GetNextToken().SpanStart;
            var between = text.ToString(TextSpan.FromBounds(list.Span.End, end));
            yield return new TextChange(between.Trim().Length == 0 ? TextSpan.FromBounds(list.SpanStart, end) : list.Span, "");
        }
    }

    private static Repair? Write(
        IReadOnlyList<(AttributeListSyntax List, ImmutableArray<AttributeSyntax> Words)> own, MemberDeclarationSyntax other, string name, FindingSite site)
    {
        if (site.Document.Project.Solution.GetDocument(other.SyntaxTree) is not { } document || own.Count == 0)
            return null;
        var text = other.SyntaxTree.GetText(site.Cancellation);
        var model = site.Model.Compilation.GetSemanticModel(other.SyntaxTree);
        var isKnown = model.LookupNamespacesAndTypes(other.SpanStart, name: "MustHoldAttribute").Any();
        var words = own.SelectMany(static found => found.Words).Select(word => isKnown || word.Name is QualifiedNameSyntax ? word.ToString() : KnownTypeNames.Namespace + "." + word);
        var replaced = Lists(other, model).ToList();
        var first = AttributeEditor.Lists(other).FirstOrDefault(list => !replaced.Any(found => found.List == list && found.Words.Length == list.Attributes.Count))?.GetFirstToken()
            ?? (AttributeEditor.Lists(other) is { Count: > 0 } all ? all.Last().GetLastToken().GetNextToken() : other.GetFirstToken());
        var written = "[" + string.Join(", ", words) + "]";
        var isFirst = Lines.IsFirst(text, first.SpanStart);
        var insertion = new TextChange(
            new TextSpan(replaced.Count > 0 ? replaced[0].List.SpanStart : first.SpanStart, 0),
            written + (isFirst ? site.Style.NewLine + Lines.Indentation(text, first.SpanStart) : " "));
        return new Repair($"Say the same in '{name}': {written}", FixKeys.AdoptOverrideContract, document, [insertion, .. Without(replaced, text)])
        {
            PassesOn = true,
            Text = text,
        };
    }

    private static string Name(ISymbol member) => member.ContainingType.Name + "." + member.Name;
}
