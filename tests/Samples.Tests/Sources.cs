using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using MmLock.Verification;

namespace MmLock.Samples.Tests;

/// <summary>Where are the sources of the samples, and which files do they have?</summary>
internal static class Sources
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as this test was built.</summary>
    public static string Configuration { get; } =
        typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;

    /// <summary>Every source of one sample, named from its folder on.</summary>
    public static IReadOnlyList<SourceFile> Of(string sample)
    {
        var folder = Path.Combine(Root, "samples", sample);
        return
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(file => file.Split('/')[0] is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal)
                .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(folder, file)))),
        ];
    }

    /// <summary>The lines of a page of the documentation.</summary>
    public static string[] Page(string name) => File.ReadAllLines(Path.Combine(Root, "docs", name));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Analyzers.sln")))
                return folder;
        }
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
