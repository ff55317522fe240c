using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Xunit;

[assembly: AssemblyFixture(typeof(MmLock.Package.Tests.Tooling.PackedProduct))]

namespace MmLock.Package.Tests.Tooling;

/// <summary>
/// The package, packed once from what the build left behind, in a feed of its own. Each run has its own version, so that no
/// cache answers with the last one.
/// </summary>
public sealed class PackedProduct : IAsyncLifetime
{
    /// <summary>The id of the package.</summary>
    public const string Id = "MmLock.Analyzers";

    /// <summary>Where everything of this run lives, outside the repository and its build files.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("mmlock-package-").FullName;

    internal string Version { get; } =
        "0.1.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    internal string Feed => Path.Combine(Folder, "feed");

    /// <summary>The package's files.</summary>
    internal string Unpacked => Path.Combine(Folder, "unpacked");

    internal Dotnet Dotnet => field ??= new Dotnet(Path.Combine(Folder, "packages"));

    /// <summary>Packs.</summary>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);

        // Added to the sources of the machine, not put in their place.
        await File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="mmlock-test" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        var project = Repository.PathOf("src", "Package", "MmLock.Package.csproj");
        (await new Dotnet(GlobalPackages).Run(
            Folder, "pack", project, "--no-build", "-c", Configuration, "-o", Feed, $"-p:PackageVersion={Version}")).MustSucceed();
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(Feed, $"{Id}.{Version}.nupkg"), Unpacked);
    }

    /// <summary>Takes everything away again.</summary>
    public ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("MMLOCK_KEEP_PACKAGE_TESTS") != "1")
            Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    // Packing reads the restore of the repository, which names the machine's own package folder.
    private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif
}
