using System;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification.Tests;

public sealed class UnexportedFix : RenamingFix;

[ExportCodeFixProvider(LanguageNames.VisualBasic), Shared]
public sealed class OtherLanguageFix : RenamingFix;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UnsharedFix : RenamingFix;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OtherRuleFix : RenamingFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["TOY7777"];
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NoFixAllFix : RenamingFix
{
    public override FixAllProvider? GetFixAllProvider() => null;
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DocumentOnlyFixAllFix : RenamingFix
{
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create((_, document, _) => Task.FromResult<Document?>(document), [FixAllScope.Document]);
}

/// <summary>Its fix-all does nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IdleFixAllFix : RenamingFix
{
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create((_, document, _) => Task.FromResult<Document?>(document));
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeylessFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create("Call it good", token => Rename(context.Document, diagnostic, token), equivalenceKey: null), diagnostic);
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SameKeyFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
    {
        base.Register(context, diagnostic);
        base.Register(context, diagnostic);
    }
}

/// <summary>Makes another bad name of each.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EndlessFix : RenamingFix
{
    protected override SyntaxToken NewName(SyntaxToken name)
        => SyntaxFactory.Identifier(name.LeadingTrivia, name.Text + "X", name.TrailingTrivia);
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IdleFix : RenamingFix
{
    protected override SyntaxToken NewName(SyntaxToken name) => name;
}

/// <summary>Puts a blank into the name: the text is right, the tree is not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WrongTreeFix : RenamingFix
{
    protected override SyntaxToken NewName(SyntaxToken name) 
        => SyntaxFactory.Identifier(name.LeadingTrivia, "GoodOne ", SyntaxTriviaList.Empty);
}

/// <summary>Replaces the declaration and forgets the comments around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CommentEatingFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create("Call it good", token => Replace(context.Document, diagnostic, token), "Good"), diagnostic);

    private static async Task<Document> Replace(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        var root = (await document.GetSyntaxRootAsync(token))!;
        var type = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent!;
        return document.WithSyntaxRoot(root.ReplaceNode(type, SyntaxFactory.ParseMemberDeclaration("class GoodOne { }")!));
    }
}

/// <summary>Takes cancellation for a fault.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OffendedFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create(
                "Call it good",
                token => token.IsCancellationRequested
                    ? throw new InvalidOperationException("interrupted")
                    : Rename(context.Document, diagnostic, token),
                "Good"),
            diagnostic);
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ThrowingFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic) => throw new InvalidOperationException("no idea");
}

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ThrowingActionFix : RenamingFix
{
    protected override SyntaxToken NewName(SyntaxToken name) => throw new InvalidOperationException("no name");
}

/// <summary>Wants to do something that is no change of a solution.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SideEffectFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(new SideEffect(context.Document.Id), diagnostic);

    private sealed class SideEffect(DocumentId document) : CodeAction
    {
        public override string Title => "Open it";

        public override string EquivalenceKey => "Open";

        protected override Task<ImmutableArray<CodeActionOperation>> ComputeOperationsAsync(
            IProgress<CodeAnalysisProgress> progress, CancellationToken cancellationToken)
            => Task.FromResult<ImmutableArray<CodeActionOperation>>([new OpenDocumentOperation(document)]);
    }
}

/// <summary>Gives the file another name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MovingFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create(
                "Call it good",
                async token => (await Rename(context.Document, diagnostic, token)).WithName("Other.cs").Project.Solution,
                "Good"),
            diagnostic);
}

/// <summary>Writes the file anew, in no encoding.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RecodingFix : RenamingFix
{
    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create(
                "Call it good",
                async token => context.Document.WithText(SourceText.From(
                    (await (await Rename(context.Document, diagnostic, token)).GetTextAsync(token)).ToString(),
                    System.Text.Encoding.Unicode)),
                "Good"),
            diagnostic);
}

/// <summary>Mends the name and breaks the code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BreakingFix : RenamingFix
{
    protected override SyntaxToken NewName(SyntaxToken name)
        => SyntaxFactory.Identifier(name.LeadingTrivia, "Taken", name.TrailingTrivia);
}
