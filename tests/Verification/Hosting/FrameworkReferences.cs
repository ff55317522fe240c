using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Verification;

/// <summary>
/// The references of every test, read once per process: the framework that runs the test, so that nothing is fetched,
/// and the annotations.
/// </summary>
internal static class FrameworkReferences
{
    /// <summary>The framework alone.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } = ReadFramework();

    /// <summary>MmLock.Annotations.</summary>
    public static MetadataReference Annotations { get; } =
        MetadataReference.CreateFromFile(typeof(LockTypeAttribute).Assembly.Location);

    private static ImmutableArray<MetadataReference> ReadFramework()
    {
        // The trusted assemblies also hold the test's own; only those beside the core library are the framework.
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(file => Path.GetDirectoryName(file) == folder)
                .Order(StringComparer.Ordinal)
                .Select(file => MetadataReference.CreateFromFile(file)),
        ];
    }
}
