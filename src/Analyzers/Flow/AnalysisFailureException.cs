using System;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Flow;

/// <summary>An exception of our own analysis, with the place in the user's code that brought it about.</summary>
/// <remarks>The compiler shows the message of AD0001 and little else; without the place nobody can reproduce it.</remarks>
internal sealed class AnalysisFailureException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Runs something for one member; what it throws says which.</summary>
    public static void Guard(ISymbol member, Location? location, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not (OperationCanceledException or AnalysisFailureException))
        {
            var place = $"{Place(location)}: in {member.ToDisplayString()}";
            throw new AnalysisFailureException($"{place}: {e.GetType().Name}: {e.Message}", e);
        }
    }

    /// <summary>Runs something for one body.</summary>
    public static void Guard(TypeBody body, Action action) => Guard(body.Owner, body.Root.GetLocation(), action);

    private static string Place(Location? location)
    {
        if (location?.SourceTree is null)
            return "no source";
        var span = location.GetLineSpan();
        return $"{span.Path}({span.StartLinePosition.Line + 1})";
    }
}
