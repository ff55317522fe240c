using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Corpora;

/// <summary>Code that people wrote: the sample, and the analyzer itself (plain .NET code with next to no locks).</summary>
internal static class SampleCode
{
    public static Corpus MmKernel() => Read("MmKernel", Path.Combine(Sdk.Repository, "samples", "MmKernel"));

    public static Corpus Read(string name, string folder) => new(
        name,
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '_'), File.ReadAllText(f)))
            .ToImmutableArray());
}
