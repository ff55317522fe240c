using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace MmLock.Benchmarks.Corpora;

/// <summary>
/// Plain .NET code of any size: models, services, parsers, queries, async calls. One type in twelve has locks, which makes about
/// one lock in 300 lines; another one in twelve uses names that locks have too (<c>Release</c>, <c>Wait</c>, <c>Exit</c>).
/// </summary>
internal sealed class PlainCode
{
    private const int TypesPerFile = 4;

    private readonly StringBuilder _text = new();
    private readonly Random _random = new(20201103);
    private int _type;

    public static Corpus Of(int lines)
    {
        var generator = new PlainCode();
        var files = ImmutableArray.CreateBuilder<(string, string)>();
        int written = 0;
        for (int file = 0; written < lines; file++)
        {
            var text = generator.File(file);
            files.Add(($"F{file}.cs", text));
            written += text.Count(static c => c == '\n');
        }

        return new($"plain-{lines / 1000}k", files.ToImmutable());
    }

    private string File(int file)
    {
        _text.Clear();
        _text.Append("""
            using System;
            using System.Collections.Concurrent;
            using System.Collections.Generic;
            using System.Globalization;
            using System.Linq;
            using System.Text;
            using System.Threading;
            using System.Threading.Tasks;


            """);
        _text.Append(CultureInfo.InvariantCulture, $"namespace Plain.N{file / 20};\n\n");
        for (int i = 0; i < TypesPerFile; i++)
            Type();
        return _text.ToString();
    }

    private void Type()
    {
        int n = _type++;
        var flavour = n % 12 == 5 ? Locked : n % 12 == 9 ? Alike : Ordinary;
        var name = $"Type{n}";
        _text.Append(CultureInfo.InvariantCulture, $"/// <summary>Part {n} of the program.</summary>\npublic sealed class {name}\n{{\n");
        if (flavour == Locked)
            _text.Append("    private readonly object _gate = new();\n    private readonly SemaphoreSlim _turn = new(1, 1);\n");
        _text.Append("    private readonly Dictionary<string, int> _byName = new();\n    private readonly List<int> _items = new();\n    private int _count;\n\n");
        _text.Append(CultureInfo.InvariantCulture, $"    public {name}(int count)\n    {{\n        _count = count;\n    }}\n\n");
        int members = 8 + _random.Next(8);
        for (int m = 0; m < members; m++)
        {
            var template = flavour == Locked && m % 4 == 0 ? LockBodies[_random.Next(LockBodies.Length)]
                : flavour == Alike && m % 4 == 0 ? AlikeBodies[_random.Next(AlikeBodies.Length)]
                : Bodies[_random.Next(Bodies.Length)];
            _text.Append(template.Replace("#", m.ToString(CultureInfo.InvariantCulture)).Replace("@", name)).Append('\n');
        }

        _text.Append("}\n\n");
    }

    private const int Ordinary = 0, Locked = 1, Alike = 2;

    private static readonly string[] Bodies = Split("""
            public int Property# { get; set; }

            public string Title# => _count > # ? "many" : _byName.Count.ToString(CultureInfo.InvariantCulture);
        ~
            public int Sum#(IEnumerable<int> values, int limit)
            {
                if (values is null)
                    throw new ArgumentNullException(nameof(values));
                int total = 0;
                foreach (var value in values)
                {
                    if (value > limit)
                        continue;
                    total += value * # - _count;
                    if (total > 1_000_000)
                        break;
                }

                return total;
            }
        ~
            public List<string> Query#(IEnumerable<KeyValuePair<string, int>> source) =>
                source.Where(p => p.Value > # && p.Key.Length < _count)
                    .OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => p.Key + ":" + p.Value)
                    .ToList();
        ~
            public async Task<int> Load#Async(Func<int, Task<string>> fetch, CancellationToken cancellation)
            {
                var text = new StringBuilder();
                for (int i = 0; i < #; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var part = await fetch(i).ConfigureAwait(false);
                    if (string.IsNullOrEmpty(part))
                        continue;
                    text.Append(part).Append(i);
                }

                _byName[text.ToString()] = #;
                return text.Length;
            }
        ~
            private static bool TryParse#(string text, out int value, out string rest)
            {
                value = 0;
                rest = text;
                int at = 0;
                while (at < text.Length && char.IsWhiteSpace(text[at]))
                    at++;
                int start = at;
                while (at < text.Length && text[at] is >= '0' and <= '9')
                {
                    value = value * 10 + (text[at] - '0');
                    at++;
                }

                if (at == start)
                    return false;
                rest = text.Substring(at);
                return true;
            }
        ~
            public string Describe#(object value)
            {
                switch (value)
                {
                    case null:
                        return "nothing";
                    case int number when number > #:
                        return number.ToString(CultureInfo.InvariantCulture);
                    case string { Length: 0 }:
                        return "empty";
                    case string text:
                        return text.Trim();
                    case IEnumerable<int> numbers:
                        return string.Join(", ", numbers);
                    default:
                        return value.ToString() ?? "";
                }
            }
        ~
            internal void Update#(string key, int by)
            {
                try
                {
                    if (!_byName.TryGetValue(key, out var before))
                        before = #;
                    _byName[key] = checked(before + by);
                    _items.Add(before);
                }
                catch (OverflowException e)
                {
                    throw new InvalidOperationException($"{key} has too many: {e.Message}", e);
                }
                finally
                {
                    _count++;
                }
            }
        ~
            public (int Low, int High) Range#()
            {
                int low = int.MaxValue, high = int.MinValue;
                for (int i = 0; i < _items.Count; i++)
                {
                    low = Math.Min(low, _items[i]);
                    high = Math.Max(high, _items[i] + #);
                }

                return (low, high);
            }

            private readonly record struct Entry#(string Key, int Value, DateTime At);
        ~
            public T Convert#<T>(T value, Func<T, T> step) where T : notnull
            {
                var result = value;
                for (int i = 0; i < #; i++)
                    result = step(result);
                return _items.Count > # ? result : value;
            }
        """);

    private static readonly string[] LockBodies = Split("""
            public int Guarded#(int by)
            {
                lock (_gate)
                {
                    if (by < 0)
                        return _count;
                    _count += by;
                    _items.Add(_count);
                }

                return by;
            }
        ~
            public bool TryAdd#(string key, int value)
            {
                lock (_gate)
                {
                    if (_byName.ContainsKey(key))
                        return false;
                    foreach (var item in _items)
                    {
                        if (item == value)
                            return false;
                    }

                    _byName.Add(key, value);
                    return true;
                }
            }
        ~
            public async Task<int> Exclusive#Async(Func<Task<int>> work, CancellationToken cancellation)
            {
                await _turn.WaitAsync(cancellation).ConfigureAwait(false);
                try
                {
                    return await work().ConfigureAwait(false);
                }
                finally
                {
                    _turn.Release();
                }
            }
        ~
            public void Drain#(Action<int> take)
            {
                int[] batch;
                bool taken = false;
                try
                {
                    Monitor.Enter(_gate, ref taken);
                    batch = _items.ToArray();
                    _items.Clear();
                }
                finally
                {
                    if (taken)
                        Monitor.Exit(_gate);
                }

                foreach (var item in batch)
                    take(item);
            }
        """);

    private static readonly string[] AlikeBodies = Split("""
            public void Release#(@ other)
            {
                if (other is not null && other._count > #)
                    other._items.Clear();
            }

            public Task Run#(Task first) => Task.Run(() => first.Wait(#));
        ~
        

            public int Exit#(int code)
            {
                if (code != # && _items.Count == 0)
                    Environment.Exit(code);
                return _count;
            }
        """);

    // One "Release" a type is enough: the second template declares it, the first calls it.
    private static string[] Split(string text) =>
        [.. text.Split("\n~\n").Select(static t => Indent(t.TrimEnd('\n')))];

    private static string Indent(string text) => text + "\n";
}
