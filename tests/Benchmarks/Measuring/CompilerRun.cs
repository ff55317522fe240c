using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using MmLock.Benchmarks.Corpora;

namespace MmLock.Benchmarks.Measuring;

/// <summary>Which analyzers a compile has.</summary>
internal enum Beside
{
    Nothing,
    Empty,
    MmLock,
    Sdk,
    SdkAndMmLock,
}

/// <summary>One cold compile: the compiler as a build starts it, without a server, with its error log.</summary>
internal sealed record CompilerRun(Usage Usage, double AnalyzerSeconds, int Findings, int Errors)
{
    /// <summary>Writes the corpus to a folder, once.</summary>
    public static string Write(Corpus corpus)
    {
        var folder = Path.Combine(Path.GetTempPath(), "mmlock-benchmarks", corpus.Name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (path, text) in corpus.Files)
            File.WriteAllText(Path.Combine(folder, path), text);
        return folder;
    }

    public static CompilerRun Compile(string folder, Beside beside, string? trace = null)
    {
        var output = Path.Combine(folder, "out");
        Directory.CreateDirectory(output);
        var log = Path.Combine(output, "log.sarif");
        var response = Path.Combine(output, "compile.rsp");
        File.WriteAllLines(response, Arguments(folder, output, log, beside));

        var before = Usage.CpuOfChildren();
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Sdk.Host, ["exec", Sdk.Compiler, "@" + response]) { RedirectStandardOutput = true };
        if (trace is not null)
        {
            start.Environment["DOTNET_EnableEventPipe"] = "1";
            start.Environment["DOTNET_EventPipeOutputPath"] = trace;
            start.Environment["DOTNET_EventPipeConfig"] = Sampler.ForColdCompiles;
        }

        using var process = Process.Start(start)!;
        double peak = 0;
        using var watcher = new Timer(_ => peak = Math.Max(peak, PeakOf(process)), null, 0, 10);
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        watch.Stop();
        var usage = new Usage(watch.Elapsed.TotalSeconds, Usage.CpuOfChildren() - before, peak);
        var total = Regex.Match(text, @"Total analyzer execution time: ([\d.]+)");
        return new(
            usage,
            total.Success ? double.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            Regex.Count(text, @": (error|warning|info) MML\d{4}:"),
            Regex.Count(text, @": error CS\d{4}:|error AD0001"));
    }

    private static IEnumerable<string> Arguments(string folder, string output, string log, Beside beside)
    {
        yield return "-noconfig -nostdlib+ -nologo -target:library -langversion:latest -nullable:enable -unsafe+ -deterministic+";
        yield return "-optimize+ -debug:portable -nowarn:1591,8019,1701,1702 -reportanalyzer";
        yield return $"-out:\"{Path.Combine(output, "out.dll")}\"";
        yield return $"-errorlog:\"{log}\",version=2.1";
        foreach (var reference in Sdk.References.Append(Sdk.Annotations))
            yield return $"-r:\"{reference}\"";
        if (beside == Beside.Empty)
            yield return $"-a:\"{EmptyAnalyzer.Path}\"";
        if (beside is Beside.Sdk or Beside.SdkAndMmLock)
        {
            yield return $"-analyzerconfig:\"{Sdk.DefaultLevels}\"";
            foreach (var analyzer in Sdk.DefaultAnalyzers)
                yield return $"-a:\"{analyzer}\"";
        }

        if (beside is Beside.MmLock or Beside.SdkAndMmLock)
            yield return $"-a:\"{Sdk.Analyzer}\"";
        foreach (var file in Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal))
            yield return $"\"{file}\"";
    }

    private static double PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64 / 1e6;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
