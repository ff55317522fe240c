using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Analyzers.Hosts;

/// <summary>Finds given names in a text without making a string of every word.</summary>
/// <remarks>
/// The search reads characters, not tokens: it also finds names in comments and literals, and whoever minds asks the tree.
/// It answers for a whole file in less time than walking its tokens takes.
/// </remarks>
internal sealed class NameSet
{
    private readonly Dictionary<uint, List<string>> _byHash = [];
    private readonly int _longest;

    public NameSet(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var hash = Start;
            _longest = System.Math.Max(_longest, name.Length);
            foreach (var c in name)
                hash = Step(hash, c);
            if (!_byHash.TryGetValue(hash, out var bucket))
                _byHash[hash] = bucket = [];
            if (!bucket.Contains(name))
                bucket.Add(name);
        }
    }

    private const uint Start = 2166136261;

    /// <summary>The names that stand in the span, each with its position, in order.</summary>
    public IEnumerable<(string Name, int Position)> Find(SourceText text, TextSpan span)
    {
        // Most spans are bodies of a few lines.
        var buffer = new char[System.Math.Min(4096, span.Length)];
        var word = new char[_longest];
        var length = 0;
        var hash = Start;
        for (var start = span.Start; start < span.End; start += buffer.Length)
        {
            var count = System.Math.Min(buffer.Length, span.End - start);
            text.CopyTo(start, buffer, 0, count);
            for (var i = 0; i < count; i++)
            {
                var c = buffer[i];
                if (IsWordCharacter(c))
                {
                    if (length < word.Length)
                        word[length] = c;
                    length++;
                    hash = Step(hash, c);
                    continue;
                }

                if (length > 0 && Match(hash, word, length) is { } name)
                    yield return (name, start + i - length);
                length = 0;
                hash = Start;
            }
        }

        if (length > 0 && Match(hash, word, length) is { } last)
            yield return (last, span.End - length);
    }

    private string? Match(uint hash, char[] word, int length)
    {
        if (!_byHash.TryGetValue(hash, out var bucket))
            return null;
        foreach (var name in bucket)
        {
            if (name.Length == length && Equal(name, word))
                return name;
        }

        return null;
    }

    private static bool Equal(string name, char[] word)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (i >= word.Length || name[i] != word[i])
                return false;
        }

        return true;
    }

    private static uint Step(uint hash, char c) => unchecked((hash ^ c) * 16777619);

    private static bool IsWordCharacter(char c) => c < 128
        ? c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'
        : char.IsLetterOrDigit(c);
}
