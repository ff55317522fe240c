using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>A block of code in a page.</summary>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Language">What the fence says it is; empty for an indented one.</param>
/// <param name="Line">Where it starts.</param>
/// <param name="Text">Its lines, without the indentation of the fence.</param>
internal sealed record CodeBlock(string Section, string Language, int Line, string Text);

/// <summary>What the tests read in a page: headings, fenced blocks, links.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string path)
    {
        Path = path;
        Lines = [.. File.ReadAllLines(path)];
        var blocks = ImmutableArray.CreateBuilder<CodeBlock>();
        var prose = ImmutableArray.CreateBuilder<string>();
        var section = "";
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Fence().Match(Lines[i]) is { Success: true } fence)
            {
                var end = i + 1;
                while (end < Lines.Length && Lines[end].Trim() != "```")
                    end++;
                var text = Lines[(i + 1)..end].Select(line => line.Length < fence.Groups[1].Length ? "" : line[fence.Groups[1].Length..]);
                blocks.Add(new CodeBlock(section, fence.Groups[2].Value, i + 1, string.Join("\n", text) + "\n"));
                i = end;
                continue;
            }

            if (Lines[i].StartsWith('#'))
                section = Lines[i].TrimStart('#').Trim();
            if (!Lines[i].StartsWith("    ", StringComparison.Ordinal))
                prose.Add(Lines[i]);
        }

        Blocks = blocks.ToImmutable();
        Prose = prose.ToImmutable();
    }

    public string Path { get; }

    public ImmutableArray<string> Lines { get; }

    /// <summary>The fenced blocks, in order.</summary>
    public ImmutableArray<CodeBlock> Blocks { get; }

    /// <summary>The lines that are no code.</summary>
    public ImmutableArray<string> Prose { get; }

    public IEnumerable<CodeBlock> CSharp => Blocks.Where(block => block.Language == "csharp");

    /// <summary>What the headings can be linked to by.</summary>
    public IEnumerable<string> Anchors => Prose.Where(line => line.StartsWith('#')).Select(AnchorOf);

    /// <summary>The targets of its links, code left out.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => Link().Matches(Code().Replace(line, "")).Select(match => match.Groups[1].Value));

    public static MarkdownPage Read(params string[] parts) => new(Repository.PathOf(parts));

    /// <summary>The lines between the markers <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public IEnumerable<string> Between(string name) => Lines
        .SkipWhile(line => line != $"<!-- {name} -->").Skip(1)
        .TakeWhile(line => line != $"<!-- /{name} -->");

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^( *)```(\w*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
