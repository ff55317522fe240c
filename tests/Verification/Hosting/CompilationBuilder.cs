using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>How one project of a scenario sees another.</summary>
internal enum ReferenceKind
{
    /// <summary>As source, the way an editor does: its symbols have locations in trees of another compilation.</summary>
    Compilation,

    /// <summary>As a compiled assembly, the way a build does.</summary>
    Image,
}

/// <summary>Compiles scenarios.</summary>
internal static class CompilationBuilder
{
    // Adding trees keeps a compilation's references bound. Binding them anew would cost more than most tests.
    private static readonly ConcurrentDictionary<(string Name, bool Annotations), CSharpCompilation> Bases = new();

    public static ImmutableArray<CSharpCompilation> Build(
        Scenario scenario, ReferenceKind kind = ReferenceKind.Compilation, bool shuffled = false)
    {
        var built = new Dictionary<string, CSharpCompilation>();
        foreach (var project in scenario.Projects)
        {
            var references = project.References.Select(name => Reference(built[name], kind)).ToArray();
            built.Add(project.Name, Compile(scenario, project, references, shuffled));
        }

        return [.. scenario.Projects.Select(project => built[project.Name])];
    }

    public static CSharpParseOptions ParseOptions(LockVerifier settings)
        => new(settings.LanguageVersion, DocumentationMode.Diagnose);

    public static CSharpCompilationOptions Options(LockVerifier settings, OutputKind kind, bool concurrent = true)
        => new(
            kind,
            allowUnsafe: true,
            concurrentBuild: concurrent,
            nullableContextOptions: settings.Nullable,
            specificDiagnosticOptions: SeveritiesOf(settings));

    public static ImmutableArray<MetadataReference> References(LockVerifier settings)
    {
        ImmutableArray<MetadataReference> annotations = settings.IncludeAnnotations ? [FrameworkReferences.Annotations] : [];
        return [.. FrameworkReferences.Framework, .. annotations, .. settings.References];
    }

    public static AnalyzerOptions AnalyzerOptions(Scenario scenario)
        => new(
            [.. scenario.Settings.AdditionalFiles.Select(file => new InMemoryText(Scenario.Rooted(file.Path, 0), file.Text))],
            scenario.Config.Options);

    /// <summary>Severities the test sets, and rules that are off by default but asked for.</summary>
    private static Dictionary<string, ReportDiagnostic> SeveritiesOf(LockVerifier settings)
    {
        var severities = settings.Severities.ToDictionary();
        foreach (var rule in settings.Rules.Where(rule => !rule.IsEnabledByDefault && settings.EnabledIds.Contains(rule.Id)))
            severities.TryAdd(rule.Id, Reported(rule.DefaultSeverity));
        return severities;
    }

    private static ReportDiagnostic Reported(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };

    private static CSharpCompilation Compile(
        Scenario scenario, ScenarioProject project, MetadataReference[] references, bool shuffled)
    {
        var settings = scenario.Settings;
        var parse = ParseOptions(settings);
        var trees = project.Sources.Select(
            source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, System.Text.Encoding.UTF8), parse, source.Path));
        if (shuffled)
            trees = trees.Reverse();
        var empty = Bases.GetOrAdd((project.Name, settings.IncludeAnnotations), Empty);
        var options = Options(settings, project.OutputKind, concurrent: !shuffled);
        return empty
            .WithOptions(options.WithSyntaxTreeOptionsProvider(scenario.Config.Severities))
            .AddReferences([.. settings.References, .. references])
            .AddSyntaxTrees(trees);
    }

    private static CSharpCompilation Empty((string Name, bool Annotations) key)
    {
        var compilation = CSharpCompilation.Create(
            key.Name, references: FrameworkReferences.Framework, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        if (key.Annotations)
            compilation = compilation.AddReferences(FrameworkReferences.Annotations);
        compilation.GetSpecialType(SpecialType.System_Object);
        return compilation;
    }

    private static MetadataReference Reference(CSharpCompilation project, ReferenceKind kind)
    {
        if (kind == ReferenceKind.Compilation)
            return project.ToMetadataReference();
        using var image = new MemoryStream();
        var emitted = project.Emit(image);
        if (!emitted.Success)
            throw new VerificationException(
                $"project {project.AssemblyName} does not compile, so no other can refer to its assembly:\n"
                + string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private sealed class InMemoryText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(System.Threading.CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
