using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>Does any file so much as name the namespace of the annotations?</summary>
/// <remarks>
/// A program can have the package and annotate nothing. Whoever annotates names the namespace somewhere: in a using, in a qualified
/// name, or around the code. One quick look at the text of each file, remembered as long as the file lives: an edit asks about one.
/// </remarks>
internal static class MentionsOfAnnotations
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> Known = new();

    private static readonly object Yes = new(), No = new();

    public static bool In(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (ReferenceEquals(Known.GetValue(tree, Look), Yes))
                return true;
        }

        return false;
    }

    private static object Look(SyntaxTree tree)
    {
        const int Overlap = 16;
        var text = tree.GetText(CancellationToken.None);
        var buffer = new char[8192];
        for (var start = 0; start < text.Length; start += buffer.Length - Overlap)
        {
            var count = Math.Min(buffer.Length, text.Length - start);
            text.CopyTo(start, buffer, 0, count);
            if (buffer.AsSpan(0, count).IndexOf(KnownTypeNames.Namespace.AsSpan()) >= 0)
                return Yes;
        }

        return No;
    }
}
