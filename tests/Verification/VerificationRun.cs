using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmLock.Verification;

/// <summary>One verification from its settings to its verdict: the first run, then the reruns.</summary>
internal sealed class VerificationRun(Scenario scenario, ImmutableArray<Expectation> expectations)
{
    private readonly LockVerifier _settings = scenario.Settings;
    private readonly AnalyzerHost _host = new(scenario.Settings.Analyzers, CompilationBuilder.AnalyzerOptions(scenario));

    public static async Task Check(LockVerifier settings)
    {
        // Flows into the tasks started from here and ends with this method; messages must not depend on the machine.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        await CheckScenario(Scenario.Read(settings));
    }

    /// <summary>The same for a scenario already read; answers it with the rules switched on that it asks for.</summary>
    public static async Task<Scenario> CheckScenario(Scenario scenario)
    {
        var settings = scenario.Settings;
        var expectations = ExpectationReader.Read(scenario);
        ImmutableHashSet<string> enabled = [.. settings.Enable, .. expectations.SelectMany(expectation => expectation.Ids)];
        scenario = scenario with { Settings = settings with { EnabledIds = enabled } };
        await new VerificationRun(scenario, expectations).Check();
        return scenario;
    }

    private async Task Check()
    {
        var compilations = CompilationBuilder.Build(scenario);
        var found = await Batch(compilations);
        Hold(found, compilations, "");
        if (Wants(Reruns.Image) && scenario.Projects.Any(project => !project.References.IsEmpty))
        {
            var images = CompilationBuilder.Build(scenario, ReferenceKind.Image);
            Hold(await Batch(images), images, "With the referenced projects as compiled assemblies:\n");
        }

        if (Wants(Reruns.Order))
            await OrderRerun.Check(scenario, _host, found);
        if (Wants(Reruns.Live))
            await LiveRerun.Check(compilations, _host, found);
        if (Wants(Reruns.Pragma))
            await QuietRerun.CheckPragma(scenario, _host, found);
        if (Wants(Reruns.Generated))
            await QuietRerun.CheckGenerated(scenario, _host, found);
    }

    private async Task<ImmutableArray<Finding>> Batch(IEnumerable<CSharpCompilation> compilations)
    {
        var found = new List<Diagnostic>();
        foreach (var compilation in compilations)
            found.AddRange(await _host.BatchAsync(compilation));
        return Finding.Sorted(found);
    }

    private void Hold(ImmutableArray<Finding> found, IEnumerable<CSharpCompilation> compilations, string inWhichRun)
    {
        var compiler = compilations.SelectMany(compilation => compilation.GetDiagnostics()).Where(Counts);
        ImmutableArray<Finding> all = [.. found, .. Finding.Sorted(compiler)];
        var result = FindingMatcher.Match(expectations, all, _settings.Unasked.ToHashSet());
        if (!result.IsKept)
            throw new VerificationException(inWhichRun + FailureText.Of(scenario, result, all));
    }

    private bool Counts(Diagnostic diagnostic)
        => diagnostic.Severity == DiagnosticSeverity.Error
            || (_settings.CountsCompilerWarnings && diagnostic.Severity == DiagnosticSeverity.Warning)
            || expectations.Any(expectation => expectation.Ids.Contains(diagnostic.Id));

    private bool Wants(Reruns rerun) => _settings.Reruns.HasFlag(rerun);
}
