using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace MmLock.ShowBugs;

/// <summary>What one build said: to the console, and to the compiler's log.</summary>
internal sealed record Build(string Output, IReadOnlyList<Finding> Findings)
{
    public static Build Run(string project)
    {
        var log = Repository.PathOf("artifacts", "show-bugs.sarif");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        File.Delete(log);

        // The log is a property of every project built on the way; the last one to write it is the one asked for.
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "build", project, "-v:q", "-nologo", "-nodeReuse:false", $"-p:ErrorLog={log}%2Cversion=2.1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        var findings = File.Exists(log) ? Sarif.Read(log) : [];
        return new Build(
            output,
            [
                .. findings.OrderBy(finding => finding.Place.File, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Place.Line)
                    .ThenBy(finding => finding.Id, StringComparer.Ordinal),
            ]);
    }
}
