using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmLock.Verification;

/// <summary>What the solution must be after the fix: texts exactly, and nothing else about its files.</summary>
internal sealed class ExpectedSolution
{
    private readonly Dictionary<string, MarkedSource> _sources;

    private ExpectedSolution(Scenario scenario)
    {
        Scenario = scenario;
        _sources = scenario.Sources.ToDictionary(source => source.Path);
    }

    /// <summary>The fixed files as input of a verification: their marks say what remains to be found.</summary>
    public Scenario Scenario { get; }

    public static ExpectedSolution After(Scenario input, IEnumerable<SourceFile> fixedFiles)
    {
        var fixedSources = fixedFiles
            .Select(file => MarkedSource.Parse(Scenario.Rooted(file.Path, 0), file.Text))
            .ToDictionary(source => source.Path);
        var projects = input.Projects.Select((project, index) => project with
        {
            Sources =
            [
                .. project.Sources.Select(source => fixedSources.Remove(source.Path, out var changed) ? changed : source),
                .. fixedSources.Values.Where(source => source.Path.StartsWith($"/{index}/")),
            ],
        }).ToImmutableArray();
        return new ExpectedSolution(input with { Projects = projects });
    }

    public bool IsUnchanged(Scenario input)
        => _sources.Count == input.Sources.Count()
            && input.Sources.All(source => _sources.TryGetValue(source.Path, out var text) && text.Text == source.Text);

    public async Task MustBe(Solution original, Solution changed, string how)
    {
        var documents = changed.Projects.SelectMany(project => project.Documents).ToArray();
        foreach (var gone in _sources.Keys.Except(documents.Select(FixWorkspace.PathOf)))
            throw new VerificationException($"{how}: the file {gone} is expected and not there");
        foreach (var document in documents)
        {
            var path = FixWorkspace.PathOf(document);
            if (original.GetDocument(document.Id) is { } before)
                await MustBeTheSameFile(before, document, how);
            if (!_sources.TryGetValue(path, out var expected))
                throw new VerificationException($"{how}: the file {path} is not expected:\n{await document.GetTextAsync()}");
            await MustBe(document, expected.Text, how);
        }
    }

    private static async Task MustBe(Document document, string expected, string how)
    {
        var path = FixWorkspace.PathOf(document);
        var text = (await document.GetTextAsync()).ToString();
        if (text != expected)
            throw new VerificationException($"{how}: {path} is not as expected\n{TextDifference.Of(expected, text)}");

        // An edit can leave a tree that its own text does not parse to; the next edit would then go astray.
        var tree = (await document.GetSyntaxTreeAsync())!;
        var parsed = CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options);
        if (!(await parsed.GetRootAsync()).IsEquivalentTo(await tree.GetRootAsync()))
            throw new VerificationException($"{how}: {path} has the expected text, but the tree is another than the text parses to");
    }

    private static async Task MustBeTheSameFile(Document before, Document after, string how)
    {
        if (before.Name != after.Name || before.FilePath != after.FilePath || !before.Folders.SequenceEqual(after.Folders))
            throw new VerificationException($"{how}: {FixWorkspace.PathOf(before)} was moved to {FixWorkspace.PathOf(after)}");
        var (was, became) = ((await before.GetTextAsync()).Encoding, (await after.GetTextAsync()).Encoding);
        if (!Equals(was, became))
            throw new VerificationException(
                $"{how}: {FixWorkspace.PathOf(before)} changed its encoding from {was?.WebName} to {became?.WebName ?? "none"}");
    }
}
