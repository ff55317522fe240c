using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.CodeFixes.Tests;

/// <summary>
/// An id with fixes offers one for each of its findings, or <c>dotnet format</c> repairs half a project: shown by what the
/// pages call wrong and by a corpus of findings that are hard to repair. What is offered first must compile, take the finding
/// away and bring no other, said by a build and not by the trial that the fix makes itself.
/// </summary>
public sealed partial class EveryFindingHasAFixTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new LockFlowAnalyzer(), new DeclarationAnalyzer()];

    private static readonly ImmutableDictionary<string, CodeFixProvider> Fixes = Fixing.Providers
        .SelectMany(fix => fix.FixableDiagnosticIds, (fix, id) => (fix, id)).ToImmutableDictionary(pair => pair.id, pair => pair.fix);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Append(typeof(LockTypeAttribute).Assembly.Location)
            .Where(path => !Path.GetFileName(path).StartsWith("MmLock.", StringComparison.Ordinal) || path == typeof(LockTypeAttribute).Assembly.Location)
            .Distinct().Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Suggestions: what they make known may be found afterwards. Off by default: its tests turn it on.</summary>
    private static readonly string[] Apart = ["MML6001", "MML6002", "MML2007"];

    public static TheoryData<string> Pages => [.. Fixes.Keys.Except(Apart).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Corpus => ["HeldOnSomePaths", "Sections", "Interrupts"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_CallsNothingWrongThatHasNoFix(string id)
    {
        var page = File.ReadAllText(Fixing.PathOf("docs", "rules", id + ".md"));
        var wrong = page[page.IndexOf("## Wrong", StringComparison.Ordinal)..page.IndexOf("## Right", StringComparison.Ordinal)];
        Assert.NotEqual(0, await Repair([.. CodeBlock().Matches(wrong).Select(match => match.Groups[1].Value)], finding => finding.Id == id));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Corpus_IsRepaired(string name)
    {
        var source = ReadCorpus(name);
        var marked = source.Split('\n').Sum(line => Mark().Matches(line).Count);
        Assert.Equal(marked, await Repair([source, ReadCorpus("Primitives")], finding => Fixes.ContainsKey(finding.Id) && !Apart.Contains(finding.Id)));
    }

    private static string ReadCorpus(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", name + ".cs"));

    private async Task<int> Repair(string[] sources, Func<Diagnostic, bool> isWanted)
    {
        var project = new AdhocWorkspace().AddProject("Corpus", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithParseOptions(CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest))
            .WithMetadataReferences(References);
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument($"File{i}.cs", sources[i], filePath: $"/File{i}.cs").Project;
        var before = await Build(project);
        var wanted = before.Where(isWanted).ToList();
        var failures = new List<string>();
        foreach (var finding in wanted)
        {
            if (await WhyNot(project, finding, before) is { } reason)
                failures.Add($"{finding}: {reason}");
        }

        output.WriteLine($"{wanted.Count - failures.Count} of {wanted.Count} findings have a fix that holds");
        Assert.Empty(failures);
        return wanted.Count;
    }

    private static async Task<string?> WhyNot(Project project, Diagnostic finding, ImmutableArray<Diagnostic> before)
    {
        var document = project.GetDocument(finding.Location.SourceTree)!;
        var actions = new List<CodeAction>();
        await Fixes[finding.Id].RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));
        if (actions.Count == 0)
            return "no fix";
        if (actions.FirstOrDefault(action => !FixPages.Titles(finding.Id).Contains(FixPages.Plain(action.Title))) is { } unsaid)
            return $"docs/fixes.md does not say '{FixPages.Plain(unsaid.Title)}' of the rule";
        var operations = await actions[0].GetOperationsAsync(CancellationToken.None);
        var after = await Build(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!);
        foreach (var more in after.GroupBy(found => found.Id).Where(group => group.Count() > before.Count(known => known.Id == group.Key)))
        {
            if (!Apart.Contains(more.Key) && (more.Key != "MML2001" || !actions[0].Title.Contains("callers")))
                return $"'{actions[0].Title}' brings {more.Key}";
        }

        // One of two locks may be left, and then says so in another message.
        return after.Count(found => found.Id == finding.Id && found.GetMessage() == finding.GetMessage())
            < before.Count(found => found.Id == finding.Id && found.GetMessage() == finding.GetMessage()) ? null : $"'{actions[0].Title}' leaves it";
    }

    private static async Task<ImmutableArray<Diagnostic>> Build(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var found = await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        return [.. compilation.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error), .. found];
    }

    [GeneratedRegex("```csharp\\r?\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("(?<=//~.*)MML\\d{4}")]
    private static partial Regex Mark();
}
