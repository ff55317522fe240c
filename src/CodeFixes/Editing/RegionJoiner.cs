using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Editing;

/// <summary>Takes statements into a region beside them that has the same lock: its braces move, and the lines in between.</summary>
internal sealed class RegionJoiner(FindingSite site, LockForm form)
{
    /// <summary>Joined with the region right before, right behind or both; null when there is none.</summary>
    public ImmutableArray<TextChange>? WithNeighbours(StatementRegion region)
    {
        var siblings = StatementRegion.Siblings(region.First);
        var first = siblings.IndexOf(region.First);
        var last = siblings.IndexOf(region.Last);
        var before = first > 0 ? LockedRegion.At(siblings, first - 1, form, site.Text) : null;
        var next = last + 1 + form.Setup.Length;
        var after = next < siblings.Count ? LockedRegion.At(siblings, next, form, site.Text) : null;
        return before is null && after is null ? null : Join(before, region, after);
    }

    /// <summary>Joined with the nearest region before or behind, together with what lies between.</summary>
    public IEnumerable<ImmutableArray<TextChange>> AcrossGaps(StatementRegion region)
    {
        var siblings = StatementRegion.Siblings(region.First);
        var first = siblings.IndexOf(region.First);
        for (var i = first - 2; i >= 0; i--)
        {
            if (LockedRegion.At(siblings, i, form, site.Text) is { } before)
            {
                if (Join(before, StatementRegion.Closed(siblings[i + 1], region.Last, site.Model), null) is { } joined)
                    yield return joined;
                break;
            }
        }

        for (var i = siblings.IndexOf(region.Last) + 2; i < siblings.Count; i++)
        {
            if (LockedRegion.At(siblings, i, form, site.Text) is { } after)
            {
                var end = siblings[siblings.IndexOf(after.First) - 1];
                var closed = StatementRegion.Closed(region.First, end, site.Model);
                if (closed.Last == end && Join(null, closed, after) is { } joined)
                    yield return joined;
                break;
            }
        }
    }

    private ImmutableArray<TextChange>? Join(LockedRegion? before, StatementRegion region, LockedRegion? after)
    {
        var text = site.Text;
        if (!Lines.IsFirst(text, region.First.SpanStart) || !Lines.IsLast(text, region.Last.GetLastToken()))
            return null;
        var changes = new List<TextChange>();
        var wrapper = new RegionWrapper(site);
        var hoist = wrapper.Hoist(region, changes);
        var start = before?.Head.Start ?? Lines.Start(text, region.First.SpanStart);
        var indent = Lines.Indentation(text, region.First.SpanStart);
        var hoisted = string.Concat(hoist.Select(line => indent + line + site.Style.NewLine));
        if (before is not null)
        {
            changes.Add(new TextChange(new TextSpan(start, 0), hoisted));
            changes.Add(new TextChange(before.Tail, ""));
        }
        else
        {
            changes.Add(new TextChange(new TextSpan(start, 0), hoisted + text.ToString(after!.Head)));
        }

        changes.AddRange(Lines.Indent(text, site.Root, TextSpan.FromBounds(region.First.SpanStart, region.Last.Span.End), site.Style.Unit));
        if (after is not null)
        {
            changes.Add(new TextChange(after.Head, ""));
        }
        else
        {
            var tail = text.ToString(before!.Tail).TrimEnd('\r', '\n');
            changes.Add(new TextChange(new TextSpan(Lines.End(text, region.Last.Span.End), 0), site.Style.NewLine + tail));
        }

        return [.. changes];
    }
}
