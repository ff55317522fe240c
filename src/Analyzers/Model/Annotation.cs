using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>What an annotation stands on, seen from its method.</summary>
internal enum AnnotationTarget
{
    /// <summary>The method, field or type itself.</summary>
    Member,
    /// <summary>What the method returns.</summary>
    Return,
    /// <summary>One parameter.</summary>
    Parameter,
}

/// <summary>One annotation as plain words, whether an attribute or a row of the .NET table said it.</summary>
/// <param name="Name">The attribute's name without its suffix: <c>MustHold</c>.</param>
/// <param name="Arguments">The positional arguments; enum members by name, an array by its elements.</param>
/// <param name="Named">The named arguments, likewise.</param>
/// <param name="Syntax">Where the attribute is written; null in metadata and in the table.</param>
internal sealed record Annotation(
    string Name,
    ImmutableArray<string> Arguments,
    ImmutableArray<(string Name, string Value)> Named,
    AnnotationTarget Target = AnnotationTarget.Member,
    int Ordinal = -1,
    SyntaxReference? Syntax = null)
{
    /// <summary>The named argument, or null when it is not given.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var argument in Named)
            {
                if (argument.Name == name)
                    return argument.Value;
            }

            return null;
        }
    }

    /// <summary>The positional argument, or null when it is not given.</summary>
    public string? this[int index] => index < Arguments.Length ? Arguments[index] : null;

    /// <summary>The named argument says yes.</summary>
    public bool Says(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);
}
