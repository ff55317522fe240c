using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>
/// Holds analyzers against marked sources: every finding of every rule must be asked for, everything asked for must be
/// found, and both must stay so when the same input is looked at in other ways (<see cref="Reruns"/>).
/// </summary>
public record LockVerifier
{
    private ImmutableArray<DiagnosticDescriptor> _rules;

    /// <summary>A verifier of these analyzers, running together.</summary>
    public LockVerifier(params IEnumerable<DiagnosticAnalyzer> analyzers) => Analyzers = [.. analyzers];

    /// <summary>The analyzers under test. One set of instances serves every run, as in a host.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>The files of the only or first project. Marks are read from all of them.</summary>
    public IReadOnlyList<SourceFile> Files { get; init; } = [];

    /// <summary>Further projects, each after those it refers to.</summary>
    public IReadOnlyList<TestProject> Projects { get; init; } = [];

    /// <summary>Findings told in full instead of marked: messages, severities, additional places.</summary>
    public IReadOnlyList<ExpectedFinding> Expected { get; init; } = [];

    /// <summary>The rule meant by <c>[|x|]</c>, where the analyzers have several.</summary>
    public string? DefaultId { get; init; }

    /// <summary>Rules off by default that run all the same. Those that the test expects anywhere do so by themselves.</summary>
    public IReadOnlyCollection<string> Enable { get; init; } = [];

    /// <summary>Severities by id, as a rule set would set them.</summary>
    public IReadOnlyDictionary<string, ReportDiagnostic> Severities { get; init; } =
        ImmutableDictionary<string, ReportDiagnostic>.Empty;

    /// <summary>
    /// Rules that may speak without being asked, as long as the test asks for them nowhere: the suggestions, which
    /// would else have to be marked in every story. The acceptance cases do the same.
    /// </summary>
    public IReadOnlyCollection<string> Unasked { get; init; } = ["MML6001", "MML6002"];

    /// <summary>The text of an <c>.editorconfig</c> over all files.</summary>
    public string? EditorConfig { get; init; }

    /// <summary>The text of a global configuration; its first line is <c>is_global = true</c>.</summary>
    public string? GlobalConfig { get; init; }

    /// <summary>Additional files, as analyzers see them.</summary>
    public IReadOnlyList<SourceFile> AdditionalFiles { get; init; } = [];

    /// <summary>References beyond the framework and the annotations.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    /// <summary>Refer to MmLock.Annotations. A test whose source declares the attributes itself says no.</summary>
    public bool IncludeAnnotations { get; init; } = true;

    /// <summary>The language version.</summary>
    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    /// <summary>The nullable context.</summary>
    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>What the project of <see cref="Files"/> is compiled to.</summary>
    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Compiler warnings count too. Compiler errors always do.</summary>
    public bool CountsCompilerWarnings { get; init; }

    /// <summary>The other ways in which the input is looked at.</summary>
    public Reruns Reruns { get; init; } = Reruns.All;

    internal ImmutableArray<DiagnosticDescriptor> Rules
        => _rules.IsDefault ? _rules = [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)] : _rules;

    internal ImmutableHashSet<string> EnabledIds { get; init; } = [];

    /// <summary>Holds the analyzers against a source with marks, and further files.</summary>
    public Task Check(string source, params string[] more) => (this with { Files = Named([source, .. more]) }).Check();

    /// <summary>Holds the analyzers against <see cref="Files"/> and <see cref="Projects"/>.</summary>
    /// <exception cref="VerificationException">Something is not as the test says.</exception>
    public Task Check() => VerificationRun.Check(this);

    /// <summary>Sources named as tests know them: <c>Test0.cs</c>, <c>Test1.cs</c> and so on.</summary>
    protected static IReadOnlyList<SourceFile> Named(IEnumerable<string> sources)
        => [.. sources.Select((text, index) => new SourceFile($"Test{index}.cs", text))];
}
