using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace MmLock.CodeFixes.Tests.Refactorings;

/// <summary>Asks a refactoring at a selection, <c>[|...|]</c>, and holds the result against a text.</summary>
internal static class RefactoringRun
{
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(LockTypeAttribute).Assembly.Location)
            .Distinct().Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The action of this title makes the text; both are without the selection's marks.</summary>
    public static async Task Makes<TRefactoring>(string title, string source, string expected)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        var (document, actions) = await Ask<TRefactoring>(source);
        var action = actions.FirstOrDefault(a => a.Title == title);
        Assert.True(action is not null, "offered are: " + string.Join(", ", actions.Select(a => a.Title)));
        Assert.NotNull(action.EquivalenceKey);
        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None)));
        var changed = operation.ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(expected, (await changed.GetTextAsync()).ToString());
        Assert.DoesNotContain((await changed.GetSemanticModelAsync())!.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>Nothing is offered.</summary>
    public static async Task Refuses<TRefactoring>(string source)
        where TRefactoring : CodeRefactoringProvider, new() => Assert.Empty((await Ask<TRefactoring>(source)).Actions);

    private static async Task<(Document Document, IReadOnlyList<CodeAction> Actions)> Ask<TRefactoring>(string source)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        var start = source.IndexOf("[|", StringComparison.Ordinal);
        var end = source.IndexOf("|]", StringComparison.Ordinal) - 2;
        var text = source.Replace("[|", "").Replace("|]", "");
        var document = new AdhocWorkspace().AddProject("Test", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences(References).AddDocument("Test0.cs", text, filePath: "/0/Test0.cs");
        Assert.DoesNotContain((await document.GetSemanticModelAsync())!.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        var actions = new List<CodeAction>();
        await new TRefactoring().ComputeRefactoringsAsync(
            new CodeRefactoringContext(document, TextSpan.FromBounds(start, end), actions.Add, CancellationToken.None));
        return (document, actions);
    }
}
