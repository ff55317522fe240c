using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>A scenario as the solution of a workspace, which is what fixes change.</summary>
internal static class FixWorkspace
{
    public static Solution Open(Scenario scenario)
    {
        var workspace = new AdhocWorkspace(MefHostServices.DefaultHost);
        var solution = workspace.CurrentSolution;
        solution = solution.WithOptions(solution.Options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, "\n"));
        foreach (var project in scenario.Projects)
            solution = Add(solution, scenario, project);
        return solution;
    }

    private static Solution Add(Solution solution, Scenario scenario, ScenarioProject project)
    {
        var settings = scenario.Settings;
        var id = ProjectId.CreateNewId(project.Name);
        solution = solution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            project.Name,
            project.Name,
            LanguageNames.CSharp,
            compilationOptions: CompilationBuilder.Options(settings, project.OutputKind),
            parseOptions: CompilationBuilder.ParseOptions(settings),
            projectReferences: project.References.Select(name => new ProjectReference(solution.Projects.Single(p => p.Name == name).Id)),
            metadataReferences: CompilationBuilder.References(settings)));
        foreach (var source in project.Sources)
            solution = solution.AddDocument(Info(id, source.Path, source.Text));
        foreach (var file in settings.AdditionalFiles)
            solution = solution.AddAdditionalDocument(Info(id, Scenario.Rooted(file.Path, 0), file.Text));
        if (settings.EditorConfig is { } editorConfig)
            solution = solution.AddAnalyzerConfigDocuments([Info(id, ConfigText.EditorConfigPath, editorConfig)]);
        if (settings.GlobalConfig is { } globalConfig)
            solution = solution.AddAnalyzerConfigDocuments([Info(id, ConfigText.GlobalConfigPath, globalConfig)]);
        return solution;
    }

    /// <summary>Where a document is, whether or not the fix that made it gave it a path.</summary>
    public static string PathOf(Document document)
        => document.FilePath ?? "/" + string.Join("/", document.Folders.Append(document.Name));

    private static DocumentInfo Info(ProjectId project, string path, string text)
    {
        var parts = path.Split('/', System.StringSplitOptions.RemoveEmptyEntries);
        var content = TextAndVersion.Create(SourceText.From(text, Encoding.UTF8), VersionStamp.Default, path);
        return DocumentInfo.Create(
            DocumentId.CreateNewId(project), parts[^1], folders: parts[..^1], loader: TextLoader.From(content), filePath: path);
    }
}
