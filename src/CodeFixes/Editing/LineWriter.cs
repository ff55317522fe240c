using System.Text;

namespace MmLock.CodeFixes.Editing;

/// <summary>Writes whole lines in the style of the file.</summary>
internal sealed class LineWriter(SourceStyle style)
{
    private readonly StringBuilder _text = new();

    /// <summary>The very last line, when there is one.</summary>
    public string? Closing { get; set; }

    /// <summary>One line.</summary>
    public void Line(string indent, string content) => _text.Append(indent).Append(content).Append(style.NewLine);

    /// <summary>A line and its opening brace.</summary>
    public void Open(string indent, string content)
    {
        if (style.BracesOnOwnLine)
        {
            Line(indent, content);
            Line(indent, "{");
        }
        else
        {
            Line(indent, content + " {");
        }
    }

    /// <summary>A closing brace, and what goes on behind it with a brace of its own.</summary>
    public void Close(string indent, string next)
    {
        if (style.BracesOnOwnLine)
        {
            Line(indent, "}");
            Open(indent, next);
        }
        else
        {
            Open(indent, "} " + next);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Closing is null ? _text.ToString() : _text + Closing + style.NewLine;
}
