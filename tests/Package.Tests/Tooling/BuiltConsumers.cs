using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace MmLock.Package.Tests.Tooling;

/// <summary>
/// Every project under Consumers, built by one command as a user's solution would be. Those that must fail do not keep the
/// others from being built.
/// </summary>
public sealed class BuiltConsumers(PackedProduct product) : IAsyncLifetime
{
    private string Folder => Path.Combine(product.Folder, "consumers");

    internal DotnetResult Build { get; private set; } = null!;

    /// <summary>Copies, restores and builds.</summary>
    public async ValueTask InitializeAsync()
    {
        Copy(Path.Combine(AppContext.BaseDirectory, "Consumers"), Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <MmLockVersion>{product.Version}</MmLockVersion>
                <Version>{product.Version}</Version>
                <ErrorLog>$(MSBuildProjectDirectory)/log.sarif,version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
        (await product.Dotnet.Run(Path.Combine(Folder, "Library"), "pack", "-o", product.Feed, "-v:q")).MustSucceed();

        var projects = Directory.GetFiles(Folder, "*.csproj", SearchOption.AllDirectories);
        await File.WriteAllLinesAsync(
            Path.Combine(Folder, "All.slnx"),
            ["<Solution>", .. projects.Select(path => $"""  <Project Path="{Path.GetRelativePath(Folder, path)}" />"""), "</Solution>"]);
        Build = await product.Dotnet.Run(Folder, "build", "All.slnx", "-v:q");
    }

    /// <summary>Nothing: the product's folder goes as a whole.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Whether a project was built to its end.</summary>
    internal bool Succeeded(string project) => File.Exists(PathOf(project, "bin", "Debug", "net10.0", project + ".dll"));

    /// <summary>What the compiler logged for a project.</summary>
    internal IReadOnlyList<LoggedFinding> Log(string project)
    {
        Assert.True(File.Exists(PathOf(project, "log.sarif")), Build.Output);
        return SarifLog.Read(PathOf(project, "log.sarif"));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            // Named .txt in the repository, so that no build there takes them for its own.
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            if (target.EndsWith(".txt", StringComparison.Ordinal))
                target = target[..^4];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
