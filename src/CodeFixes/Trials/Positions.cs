using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes.Trials;

/// <summary>Where does a place of the old text stand in the new one?</summary>
internal static class Positions
{
    /// <summary>What is inserted at the position itself comes before it; what is replaced is lost at the start of the change.</summary>
    public static int After(IEnumerable<TextChange> changes, int position)
    {
        var moved = position;
        foreach (var change in changes.OrderBy(static change => change.Span.Start))
        {
            if (change.Span.Start > position)
                break;
            if (change.Span.End <= position)
                moved += (change.NewText?.Length ?? 0) - change.Span.Length;
            else
                return moved - (position - change.Span.Start);
        }

        return moved;
    }
}
