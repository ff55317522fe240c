using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;

namespace MmLock.Verification;

/// <summary>Reads the marks at the ends of lines, and takes them out of the source.</summary>
internal static partial class LineMarks
{
    private const string Sign = "//~";

    /// <summary>
    /// Several ids behind one sign are several findings. A remark may follow the ids: it stays in the source, as the
    /// comment that it is.
    /// </summary>
    public static (string Text, ImmutableArray<LineMark> Marks) Parse(string path, string source)
    {
        if (!source.Contains(Sign))
            return (source, []);
        var marks = ImmutableArray.CreateBuilder<LineMark>();
        var lines = source.Split('\n');
        for (var number = 0; number < lines.Length; number++)
            lines[number] = ReadLine(path, lines[number], number, marks);
        return (string.Join("\n", lines), marks.ToImmutable());
    }

    private static string ReadLine(string path, string line, int number, ImmutableArray<LineMark>.Builder marks)
    {
        if (!line.Contains(Sign))
            return line;
        foreach (Match match in MarkPattern().Matches(line))
            foreach (var ids in match.Groups["ids"].Value.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
                marks.Add(new LineMark(number, [.. ids.Split('|')], match.Groups["optional"].Success));

        var rest = MarkPattern().Replace(line, "");
        if (rest.IndexOf(Sign, System.StringComparison.Ordinal) is >= 0 and var at)
            throw new VerificationException($"{path}({number + 1},{at + 1}): the mark names no rule: {line[at..].Trim()}");
        var code = line[..line.IndexOf(Sign, System.StringComparison.Ordinal)];
        var remark = rest[code.Length..].Trim();
        return remark.Length == 0 || code.Contains("//") ? rest.TrimEnd() : code + "// " + remark;
    }

    [GeneratedRegex(@"//~(?<optional>\?)?[ \t]*(?<ids>(?:[A-Z]+[0-9]+(?:\|[A-Z]+[0-9]+)*(?![A-Za-z0-9|])[ \t]*)+)")]
    private static partial Regex MarkPattern();
}
