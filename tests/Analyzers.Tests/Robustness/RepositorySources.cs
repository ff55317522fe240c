using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using MmLock.Analyzers.Tests.Hosts;
using MmLock.Analyzers.Tests.Meta;

namespace MmLock.Analyzers.Tests.Robustness;

/// <summary>This repository's own code as compilations: the model, the bugs with the model they are written against, the product.</summary>
internal static class RepositorySources
{
    public static ImmutableArray<CSharpCompilation> All { get; } =
    [
        Compile("samples/MmKernel"),
        Compile("samples/MmKernel", "samples/HistoricBugs"),
        Compile("src/Analyzers", "src/Annotations"),
    ];

    private static CSharpCompilation Compile(params string[] folders) => HostRun.Compile(
        [.. folders.SelectMany(Files).Select(path => (path, File.ReadAllText(Repository.PathOf(path))))]);

    private static string[] Files(string folder) =>
    [
        .. Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf(), file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
