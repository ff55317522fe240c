using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmLock.Verification.Tests;

/// <summary>Calls a bad type good, unless it is hopeless. The base of the faulty fixes.</summary>
public abstract class RenamingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["TOY0001"];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
            if (!diagnostic.GetMessage().Contains("Hopeless"))
                Register(context, diagnostic);
        return Task.CompletedTask;
    }

    protected virtual void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create("Call it good", token => Rename(context.Document, diagnostic, token), "Good"), diagnostic);

    protected virtual SyntaxToken NewName(SyntaxToken name)
        => SyntaxFactory.Identifier(name.LeadingTrivia, name.Text.Replace("Bad", "Good"), name.TrailingTrivia);

    protected async Task<Document> Rename(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        var root = (await document.GetSyntaxRootAsync(token))!;
        var name = root.FindToken(diagnostic.Location.SourceSpan.Start);
        return document.WithSyntaxRoot(root.ReplaceToken(name, NewName(name)));
    }
}

/// <summary>As it should be.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ToyFix : RenamingFix;

/// <summary>Offers two actions under a parent, and fixes all whatever the key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChoiceFix : RenamingFix
{
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var root = (await document.GetSyntaxRootAsync(context.CancellationToken))!;
        var names = diagnostics.Select(diagnostic => root.FindToken(diagnostic.Location.SourceSpan.Start))
            .Where(name => !name.Text.Contains("Hopeless"));
        var changed = context.CodeActionEquivalenceKey == "Delete"
            ? root.RemoveNodes(names.Select(name => name.Parent!), SyntaxRemoveOptions.KeepExteriorTrivia)!
            : root.ReplaceTokens(names, (name, _) => NewName(name));
        return document.WithSyntaxRoot(changed);
    });

    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
    {
        var good = CodeAction.Create("Call it good", token => Rename(context.Document, diagnostic, token), "Good");
        var delete = CodeAction.Create("Delete it", token => Delete(context.Document, diagnostic, token), "Delete");
        context.RegisterCodeFix(CodeAction.Create("Mend", [good, delete], isInlinable: false), diagnostic);
    }

    private static async Task<Document> Delete(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        var root = (await document.GetSyntaxRootAsync(token))!;
        var type = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent!;
        return document.WithSyntaxRoot(root.RemoveNode(type, SyntaxRemoveOptions.KeepExteriorTrivia)!);
    }
}

/// <summary>Moves the type into a file of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NewFileFix : RenamingFix
{
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override void Register(CodeFixContext context, Diagnostic diagnostic)
        => context.RegisterCodeFix(
            CodeAction.Create(
                "Write it down",
                async token => (await Rename(context.Document, diagnostic, token)).Project
                    .AddDocument("Notes.cs", SourceOf(), folders: context.Document.Folders).Project.Solution,
                "Notes"),
            diagnostic);

    private static CompilationUnitSyntax SourceOf() => SyntaxFactory.ParseCompilationUnit("// renamed\n");
}
