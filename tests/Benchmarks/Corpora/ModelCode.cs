using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace MmLock.Benchmarks.Corpora;

/// <summary>
/// Annotated mm code of any size: the algorithms of the sample again and again, over one set of primitives and types, each part in
/// a namespace of its own and with lock classes of its own. Nearly every body has locks, and nothing is wrong with them.
/// </summary>
internal static class ModelCode
{
    /// <summary>Files of the sample that are only algorithms: their types clash with nobody's.</summary>
    private static readonly ImmutableArray<string> Algorithms =
        ["Lru", "Vmscan", "Compaction", "Migrate", "HugeMemory", "Mlock", "MemoryHotplug", "Rmap", "PageWriteback"];

    public static Corpus Of(int lines)
    {
        var sample = SampleCode.MmKernel();
        var files = sample.Files.ToBuilder();
        var written = sample.Lines;
        for (int part = 0; written < lines; part++)
        {
            foreach (var name in Algorithms)
            {
                if (sample.Files.FirstOrDefault(f => f.Path == name + ".cs") is not { Text: { } text })
                    continue;
                text = InPart(text, part);
                files.Add(($"P{part}_{name}.cs", text));
                written += text.Count(static c => c == '\n');
            }

            var own = Store(part);
            files.Add(($"P{part}_Store.cs", own));
            written += own.Count(static c => c == '\n');
        }

        return new($"model-{lines / 1000}k", files.ToImmutable());
    }


    private static string InPart(string text, int part)
    {
        var space = $"MmKernel.P{part}";
        text = text.Replace("namespace MmKernel;", $"namespace {space};");
        foreach (var name in Algorithms)
            text = text.Replace($"using static MmKernel.{name};", $"using static {space}.{name};");
        return text;
    }

    /// <summary>A table of entries with an outer and an inner lock, as kernel code has hundreds.</summary>
    private static string Store(int part)
    {
        var text = new StringBuilder(Template);
        return text.Replace("$", part.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private const string Template = """
        using System.Collections.Generic;
        using MmLock;

        [assembly: LockHierarchy("store_sem_$ > store_lock_$ > store_stats_$")]

        namespace MmKernel.P$;

        /// <summary>A table of entries: a semaphore for its shape, a spin lock for its entries, a spin lock for its counters.</summary>
        public sealed class Store
        {
            [LockClass("store_sem_$")]
            private readonly RwSem _shape = new("store_sem_$");

            [LockClass("store_lock_$")]
            private readonly SpinLock _lock = new("store_lock_$");

            [LockClass("store_stats_$")]
            private readonly SpinLock _statsLock = new("store_stats_$");

            [PointeeGuardedBy("_lock")]
            private readonly Dictionary<int, int> _entries = [];

            [GuardedBy("_statsLock")]
            private int _hits;

            [GuardedBy("_statsLock")]
            private int _misses;

            [GuardedBy("_lock")]
            private int _generation;

            public int Lookup(int key)
            {
                _lock.LockIrqSave(out ulong flags);
                bool found = _entries.TryGetValue(key, out int value);
                int generation = _generation;
                _lock.UnlockIrqRestore(flags);
                Count(found);
                return found ? value + generation : -1;
            }

            public bool TryInsert(int key, int value)
            {
                if (!_lock.TryLock())
                    return false;
                bool added = _entries.TryAdd(key, value);
                if (added)
                    _generation++;
                _lock.Unlock();
                return added;
            }

            public int Resize(int by)
            {
                _shape.DownWrite();
                try
                {
                    if (by < 0)
                        return 0;
                    _lock.Lock();
                    for (int i = 0; i < by; i++)
                    {
                        if (_entries.Count > by)
                        {
                            _lock.Unlock();
                            return i;
                        }
                        _entries[i] = Shrink(i);
                    }
                    _lock.Unlock();
                    return by;
                }
                finally
                {
                    _shape.UpWrite();
                }
            }

            [MustHold("_lock")]
            private int Shrink(int key)
            {
                if (_entries.Remove(key, out int value) && value > 0)
                    _generation += value;
                return _generation;
            }

            private void Count(bool hit)
            {
                _statsLock.Lock();
                if (hit)
                    _hits++;
                else
                    _misses++;
                _statsLock.Unlock();
            }
        }
        """;
}
