using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Hosts;
using MmLock.Analyzers.Tests.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Ide;

/// <summary>A squiggle: the id, the member it is in, what it says, and where it is.</summary>
internal sealed record Squiggle(string Id, string Member, string Message, TextSpan Span)
{
    /// <summary>What stays the same while text around it moves and while paths come and go.</summary>
    public string Identity => $"{Id} in {Member}";
}

/// <summary>
/// A project open in an editor. It keeps its trees and its analyzers from one state to the next, parses what changed, and asks
/// one document at a time; the compilation never ends.
/// </summary>
internal sealed class EditorSession
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new DeclarationAnalyzer(), new LockFlowAnalyzer()];

    private CSharpCompilation _compilation;

    public EditorSession(params (string Path, string Text)[] files) => _compilation = HostRun.Compile(files);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Text(string path) => Tree(path).ToString();

    /// <summary>The file as it is after an edit. Nothing else is looked at anew.</summary>
    public void Change(string path, string text)
    {
        var old = Tree(path);
        var change = Difference(old.ToString(), text);
        _compilation = _compilation.ReplaceSyntaxTree(old, old.WithChangedText(old.GetText(Cancellation).WithChanges(change)));
    }

    /// <summary>Whether a file compiles just now.</summary>
    public bool Compiles(string path) => !_compilation.GetSemanticModel(Tree(path)).GetDiagnostics(cancellationToken: Cancellation)
        .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>What the editor shows in a file, or in the part of it that is on the screen.</summary>
    public async Task<ImmutableArray<Squiggle>> Ask(string path, TextSpan? screen = null)
    {
        var crashes = new ConcurrentQueue<Exception>();
        var tree = Tree(path);
        var host = new CompilationWithAnalyzers(_compilation, Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (cause, _, _) => crashes.Enqueue(cause),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false));
        var shown = await host.GetAnalyzerSyntaxDiagnosticsAsync(tree, Cancellation);
        var model = host.Compilation.GetSemanticModel(tree);
        shown = shown.AddRange(await host.GetAnalyzerSemanticDiagnosticsAsync(model, screen, Cancellation));
        if (crashes.TryDequeue(out var crash))
            Assert.Fail($"{crash}{Environment.NewLine}{tree}");
        return [.. shown.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info).Select(Read).OrderBy(s => s.Span.Start)];
    }

    private SyntaxTree Tree(string path) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == path);

    private static Squiggle Read(Diagnostic diagnostic) => new(
        diagnostic.Id,
        Member(diagnostic.Location.SourceTree!, diagnostic.Location.SourceSpan),
        diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
        diagnostic.Location.SourceSpan);

    private static string Member(SyntaxTree tree, TextSpan span) => tree.GetRoot(Cancellation)
        .FindToken(Math.Min(span.Start, tree.Length)).Parent!.AncestorsAndSelf()
        .Select(node => node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        })
        .FirstOrDefault(name => name is not null) ?? "the file";

    private static TextChange Difference(string before, string after)
    {
        var start = 0;
        var shorter = Math.Min(before.Length, after.Length);
        while (start < shorter && before[start] == after[start])
            start++;
        var end = 0;
        while (end < shorter - start && before[before.Length - 1 - end] == after[after.Length - 1 - end])
            end++;
        return new TextChange(TextSpan.FromBounds(start, before.Length - end), after[start..(after.Length - end)]);
    }
}
