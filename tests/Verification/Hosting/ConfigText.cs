using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>The <c>.editorconfig</c> and <c>.globalconfig</c> of a test, as the compiler would read them.</summary>
internal sealed class ConfigText
{
    public const string EditorConfigPath = "/.editorconfig";
    public const string GlobalConfigPath = "/.globalconfig";

    private readonly AnalyzerConfigSet _set;
    private readonly ConcurrentDictionary<string, AnalyzerConfigOptionsResult> _byPath = new();

    public ConfigText(string? editorConfig, string? globalConfig)
    {
        var configs = ImmutableArray.CreateBuilder<AnalyzerConfig>();
        if (editorConfig is not null)
            configs.Add(AnalyzerConfig.Parse(editorConfig, EditorConfigPath));
        if (globalConfig is not null)
            configs.Add(AnalyzerConfig.Parse(globalConfig, GlobalConfigPath));
        _set = AnalyzerConfigSet.Create(configs);
        Options = new OptionsProvider(this);
        Severities = new SeverityProvider(this);
    }

    public AnalyzerConfigOptionsProvider Options { get; }

    public SyntaxTreeOptionsProvider Severities { get; }

    private AnalyzerConfigOptionsResult Of(string path) => _byPath.GetOrAdd(path, _set.GetOptionsForSourcePath);

    private sealed class OptionsProvider(ConfigText config) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Keys(config._set.GlobalConfigOptions.AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Keyed(tree.FilePath);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Keyed(textFile.Path);

        private Keys Keyed(string path)
        {
            var all = config._set.GlobalConfigOptions.AnalyzerOptions.SetItems(config.Of(path).AnalyzerOptions);
            return new Keys(all);
        }
    }

    private sealed class Keys(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values = values.WithComparers(KeyComparer);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            => _values.TryGetValue(key, out value);
    }

    private sealed class SeverityProvider(ConfigText config) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken)
            => config.Of(tree.FilePath).AnalyzerOptions.TryGetValue("generated_code", out var value) && value == "true"
                ? GeneratedKind.MarkedGenerated
                : GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => config.Of(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => config._set.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
