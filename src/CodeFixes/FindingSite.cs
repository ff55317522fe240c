using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Hosts;
using MmLock.CodeFixes.Editing;

namespace MmLock.CodeFixes;

/// <summary>A finding where it stands: the document, what is known there, and what the rule put into the bag.</summary>
internal sealed class FindingSite
{
    private readonly Diagnostic? _diagnostic;

    private FindingSite(
        Document document, Diagnostic? diagnostic, TextSpan span, SyntaxNode root, SemanticModel model, SourceText text, CancellationToken cancellation)
    {
        Document = document;
        _diagnostic = diagnostic;
        Span = span;
        Root = root;
        Model = model;
        Text = text;
        Cancellation = cancellation;
        Contracts = ContractCaches.For(model.Compilation);
        Style = SourceStyle.Of(document, root, text);
        Node = root.FindNode(span, findInsideTrivia: false, getInnermostNodeForTie: true);
    }

    public Document Document { get; }

    /// <summary>The finding; there is none where the user asks by himself.</summary>
    public Diagnostic Diagnostic => _diagnostic ?? throw new System.InvalidOperationException("asked for without a finding");

    public bool HasFinding => _diagnostic is not null;

    /// <summary>What the finding covers, or what is selected.</summary>
    public TextSpan Span { get; }

    public SyntaxNode Root { get; }

    /// <summary>The innermost node that the finding covers.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Model { get; }

    public SourceText Text { get; }

    public ContractCache Contracts { get; }

    public SourceStyle Style { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Where names are looked up.</summary>
    public int Position => Node.SpanStart;

    /// <summary>A property of the bag; null when the rule has not set it.</summary>
    public string? this[string key] => HasFinding && Diagnostic.Properties.TryGetValue(key, out var value) ? value : null;

    public static Task<FindingSite?> Find(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        Find(document, diagnostic, diagnostic.Location.SourceSpan, cancellation);

    /// <summary>A place without a finding.</summary>
    public static Task<FindingSite?> Find(Document document, TextSpan span, CancellationToken cancellation) =>
        Find(document, null, span, cancellation);

    private static async Task<FindingSite?> Find(Document document, Diagnostic? diagnostic, TextSpan span, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null || !root.FullSpan.Contains(span)
            ? null
            : new FindingSite(document, diagnostic, span, root, model, text, cancellation);
    }

    /// <summary>The additional locations of a role that lie in this document.</summary>
    public IEnumerable<SyntaxNode> Places(LocationRole role)
    {
        if (this[DiagnosticProperties.LocationPrefix + role] is not { } indexes)
            yield break;
        foreach (var index in indexes.Split(',').Select(static part => int.Parse(part, CultureInfo.InvariantCulture)))
        {
            if (index < Diagnostic.AdditionalLocations.Count && Diagnostic.AdditionalLocations[index] is var place
                && place.SourceTree == Root.SyntaxTree)
            {
                yield return Root.FindNode(place.SourceSpan, findInsideTrivia: false, getInnermostNodeForTie: true);
            }
        }
    }

    /// <summary>Methods of annotated assemblies that can be called here without an object.</summary>
    public IEnumerable<IMethodSymbol> StaticMethods() =>
        new AnnotatedAssemblies(Model.Compilation).References.Insert(0, Model.Compilation.Assembly).SelectMany(TypeWalk.All)
            .Where(static type => type.Arity == 0 && !type.IsImplicitlyDeclared)
            .SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method is { IsStatic: true, MethodKind: MethodKind.Ordinary } && Model.IsAccessible(Position, method));

    /// <summary>A static method as code here names it.</summary>
    public string Spell(IMethodSymbol method) => method.ContainingType.ToMinimalDisplayString(Model, Position) + "." + method.Name;

    /// <summary>A name for a new local, near the one wished for.</summary>
    public string FreeName(string wish)
    {
        var member = Node.FirstAncestorOrSelf<MemberDeclarationSyntax>() as SyntaxNode ?? Root;
        var taken = new HashSet<string>(member.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText));
        var name = wish;
        for (var i = 2; taken.Contains(name) || !Model.LookupSymbols(Position, name: name).IsEmpty; i++)
            name = wish + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    /// <summary>A repair in this document.</summary>
    public Repair Change(string title, string key, IEnumerable<TextChange> changes) => new(title, key, Document, [.. changes]);
}
