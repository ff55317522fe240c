using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmLock.CodeFixes.Tests;

/// <summary>The fixes that there are, and the source tree that tells of them.</summary>
internal static class Fixing
{
    public static Assembly Product { get; } = Assembly.Load("MmLock.CodeFixes");

    public static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. Product.GetTypes().Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static string PathOf(params string[] parts)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Analyzers.sln")))
                return Path.Combine([folder, .. parts]);
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
