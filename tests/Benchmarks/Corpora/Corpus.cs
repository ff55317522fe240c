using System.Collections.Immutable;
using System.Linq;

namespace MmLock.Benchmarks.Corpora;

/// <summary>A piece of code to compile.</summary>
internal sealed record Corpus(string Name, ImmutableArray<(string Path, string Text)> Files)
{
    public int Lines { get; } = Files.Sum(static f => f.Text.Count(static c => c == '\n'));

    public static Corpus Of(string name, string text) => new(name, [(name + ".cs", text)]);
}
