using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace MmLock.Analyzers.Ordering;

/// <summary>One line of a tree: its names, those it stands under, and where in the text it is.</summary>
/// <param name="LacksName">An <c>or</c> has nothing before or behind it.</param>
internal sealed record HierarchyLine(
    ImmutableArray<string> Names, ImmutableArray<string> Parents, int Start, int Length, bool LacksName);

/// <summary>The text of a <c>[LockHierarchy]</c>: names by indentation, <c>a or b</c>, comments after <c>#</c>.</summary>
internal static class HierarchyText
{
    private const int TabWidth = 8;

    public static ImmutableArray<HierarchyLine> Parse(string? text)
    {
        var lines = ImmutableArray.CreateBuilder<HierarchyLine>();
        var above = new Stack<(int Indent, ImmutableArray<string> Names)>();
        var start = 0;
        foreach (var whole in (text ?? "").Split('\n'))
        {
            var comment = whole.IndexOf('#');
            var line = (comment < 0 ? whole : whole.Substring(0, comment)).TrimEnd();
            var content = line.TrimStart();
            if (content.Length > 0)
            {
                var indent = Indent(line, line.Length - content.Length);
                while (above.Count > 0 && above.Peek().Indent >= indent)
                    above.Pop();
                var names = Names(content, out bool lacksName);
                lines.Add(new(
                    names, above.Count > 0 ? above.Peek().Names : [], start + line.Length - content.Length, content.Length, lacksName));
                if (names.Length > 0)
                    above.Push((indent, names));
            }

            start += whole.Length + 1;
        }

        return lines.ToImmutable();
    }

    private static ImmutableArray<string> Names(string content, out bool lacksName)
    {
        lacksName = false;
        var names = ImmutableArray.CreateBuilder<string>();
        var words = content.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var name = "";
        foreach (var word in words.Append("or"))
        {
            if (word != "or")
            {
                name = name.Length == 0 ? word : name + " " + word;
                continue;
            }

            name = name.TrimStart('@');
            lacksName |= name.Length == 0;
            if (name.Length > 0 && !names.Contains(name))
                names.Add(name);
            name = "";
        }

        return names.ToImmutable();
    }

    private static int Indent(string line, int count)
    {
        var column = 0;
        for (var index = 0; index < count; index++)
            column = line[index] == '\t' ? (column / TabWidth + 1) * TabWidth : column + 1;
        return column;
    }
}
