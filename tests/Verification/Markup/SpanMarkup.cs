using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>
/// Reads the marks inside lines. They nest; a <c>|]</c> closes the innermost <c>[|</c> and a <c>|}</c> the innermost
/// <c>{|</c>, so the two kinds may overlap; <c>|#0}</c> closes the mark of that number out of turn.
/// </summary>
internal sealed partial class SpanMarkup
{
    private sealed record Open(int Start, bool Bracket, string? Id, int? Number, int MarkedAt);

    private readonly string _path;
    private readonly string _marked;
    private readonly StringBuilder _text = new();
    private readonly List<Open> _open = [];
    private readonly HashSet<int> _numbers = [];
    private readonly ImmutableArray<SpanMark>.Builder _spans = ImmutableArray.CreateBuilder<SpanMark>();

    private SpanMarkup(string path, string marked) => (_path, _marked) = (path, marked);

    public static (string Text, ImmutableArray<SpanMark> Spans) Parse(string path, string marked)
    {
        if (marked.IndexOf('|') < 0 && !marked.Contains("$$"))
            return (marked, []);
        var reader = new SpanMarkup(path, marked);
        for (var at = 0; at < marked.Length;)
            at += reader.Step(at);
        if (reader._open.Count > 0)
            throw reader.Bad(reader._open[^1].MarkedAt, "the mark is never closed");
        return (reader._text.ToString(), reader._spans.ToImmutable());
    }

    private int Step(int at)
    {
        var two = at + 1 < _marked.Length ? _marked.Substring(at, 2) : "";
        switch (two)
        {
            case "[|":
                _open.Add(new Open(_text.Length, Bracket: true, null, null, at));
                return 2;
            case "{|":
                return OpenBrace(at);
            case "|]":
                Close(at, _open.FindLastIndex(mark => mark.Bracket));
                return 2;
            case "|}":
                Close(at, _open.FindLastIndex(mark => !mark.Bracket));
                return 2;
            case "|#" when NumberedEnd().Match(_marked, at) is { Success: true } end && end.Index == at:
                Close(at, _open.FindLastIndex(mark => mark.Number == int.Parse(end.Groups[1].ValueSpan)));
                return end.Length;
            // $$""" opens an interpolated raw string, which is source and no mark.
            case "$$" when at + 2 >= _marked.Length || _marked[at + 2] is not ('"' or '$'):
                _spans.Add(new SpanMark(new TextSpan(_text.Length, 0), OpenEnd: true));
                return 2;
            case "$$":
                var dollars = at;
                while (dollars < _marked.Length && _marked[dollars] == '$')
                    dollars++;
                _text.Append(_marked, at, dollars - at);
                return dollars - at;
            default:
                _text.Append(_marked[at]);
                return 1;
        }
    }

    private int OpenBrace(int at)
    {
        var match = BraceStart().Match(_marked, at);
        if (!match.Success || match.Index != at)
            throw Bad(at, "the mark has neither a rule ({|ID:x|}) nor a number ({|#0:x|})");
        int? number = match.Groups["number"].Success ? int.Parse(match.Groups["number"].ValueSpan) : null;
        if (number is { } taken && !_numbers.Add(taken))
            throw Bad(at, $"the number {taken} is used twice");
        var id = match.Groups["id"].Success ? match.Groups["id"].Value : null;
        _open.Add(new Open(_text.Length, Bracket: false, id, number, at));
        return match.Length;
    }

    private void Close(int at, int index)
    {
        if (index < 0)
            throw Bad(at, "the end mark closes nothing");
        var mark = _open[index];
        _open.RemoveAt(index);
        _spans.Add(new SpanMark(TextSpan.FromBounds(mark.Start, _text.Length), mark.Id, mark.Number));
    }

    private VerificationException Bad(int at, string what)
    {
        var place = SourceText.From(_marked).Lines.GetLinePosition(at);
        return new VerificationException($"{_path}({place.Line + 1},{place.Character + 1}): {what}");
    }

    [GeneratedRegex(@"\{\|(?:#(?<number>[0-9]+)|(?<id>[A-Z]+[0-9]+)):")]
    private static partial Regex BraceStart();

    [GeneratedRegex(@"\|#([0-9]+)\}")]
    private static partial Regex NumberedEnd();
}
