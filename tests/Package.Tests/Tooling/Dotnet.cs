using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace MmLock.Package.Tests.Tooling;

/// <summary>What a command of the SDK answered.</summary>
internal sealed record DotnetResult(int ExitCode, string Output)
{
    public DotnetResult MustSucceed()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }
}

/// <summary>Runs the SDK as a user does, in a folder of its own and with a package cache of its own.</summary>
internal sealed class Dotnet(string packages)
{
    public async Task<DotnetResult> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own SDK settings would reach the commands and mix two worlds.
        foreach (var name in start.Environment.Keys.Where(IsOfTheHost).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        start.Environment["NUGET_PACKAGES"] = packages;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new DotnetResult(process.ExitCode, $"> dotnet {string.Join(' ', arguments)}\n{output}{await errors}");
    }

    private static IEnumerable<(string Name, string Value)> Settings =>
    [
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
        ("UseSharedCompilation", "false"),
        ("NuGetAudit", "false"),
    ];

    private static bool IsOfTheHost(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "CI" or "ContinuousIntegrationBuild";
}
