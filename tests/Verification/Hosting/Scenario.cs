using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Verification;

/// <summary>One project of a scenario: its sources without their marks.</summary>
internal sealed record ScenarioProject(
    string Name, ImmutableArray<MarkedSource> Sources, ImmutableArray<string> References, OutputKind OutputKind);

/// <summary>Everything a verification compiles, read once; the reruns are variations of it.</summary>
internal sealed record Scenario(ImmutableArray<ScenarioProject> Projects, LockVerifier Settings, ConfigText Config)
{
    public IEnumerable<MarkedSource> Sources => Projects.SelectMany(project => project.Sources);

    public MarkedSource? Source(string path) => Sources.FirstOrDefault(source => source.Path == path);

    public static Scenario Read(LockVerifier settings)
    {
        var projects = ImmutableArray.CreateBuilder<ScenarioProject>();
        if (settings.Files.Count > 0 || settings.Projects.Count == 0)
            projects.Add(Read("Test", settings.Files, [], settings.OutputKind, 0));
        foreach (var project in settings.Projects)
        {
            foreach (var name in project.References)
                if (projects.All(earlier => earlier.Name != name))
                    throw new VerificationException($"project {project.Name} refers to {name}, which does not stand before it");
            projects.Add(Read(project.Name, project.Files, project.References, project.OutputKind, projects.Count));
        }

        var twice = projects.SelectMany(project => project.Sources).GroupBy(source => source.Path).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            throw new VerificationException($"two files are named {twice.Key}");
        return new Scenario(projects.ToImmutable(), settings, new ConfigText(settings.EditorConfig, settings.GlobalConfig));
    }

    /// <summary>The same scenario with another text in each file, and nothing expected of it.</summary>
    public Scenario WithTexts(Func<MarkedSource, string> change) => this with
    {
        Projects =
        [
            .. Projects.Select(project => project with
            {
                Sources = [.. project.Sources.Select(source => new MarkedSource(source.Path, change(source), [], []))],
            }),
        ],
    };

    private static ScenarioProject Read(
        string name, IReadOnlyList<SourceFile> files, IReadOnlyList<string> references, OutputKind kind, int index)
        => new(
            name,
            [.. files.Select(file => MarkedSource.Parse(Rooted(file.Path, index), file.Text))],
            [.. references],
            kind);

    internal static string Rooted(string path, int project) => path.StartsWith('/') ? path : $"/{project}/{path}";
}
