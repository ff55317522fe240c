using System;
using System.Collections.Immutable;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Symbols;

/// <summary>One row of the .NET table or one external contract: what is said about the symbol of an id.</summary>
/// <param name="Kind">The id's letter: M, P, F, E or T.</param>
/// <param name="TypeKey">The type's documentation id without its letter; of a T row the type itself.</param>
/// <param name="Member">The member's name in the id; empty for a type.</param>
/// <param name="Signature">The parameters as the id writes them; null for every overload.</param>
/// <param name="Receiver">Speaks only of calls on that type (an inherited method); null for all.</param>
internal sealed record ExternalRow(
    char Kind, string TypeKey, string Member, string? Signature, string? Receiver, ImmutableArray<Annotation> Words)
{
    /// <summary>The row of an id; null when the id has not the form of one. A trailing <c>*</c> takes every overload,
    /// <c>|T:...</c> names the receiver.</summary>
    public static ExternalRow? Create(string id, ImmutableArray<Annotation> words)
    {
        string? receiver = null;
        var bar = id.IndexOf('|');
        if (bar >= 0)
        {
            receiver = id.Substring(bar + 1).Replace("T:", "");
            id = id.Substring(0, bar);
        }

        if (id.Length < 3 || id[1] != ':' || "MPFET".IndexOf(id[0]) < 0)
            return null;
        var open = id.IndexOf('(');
        var path = open < 0 ? id.Substring(2) : id.Substring(2, open - 2);
        var signature = open < 0 ? "" : id.Substring(open);
        if (path.EndsWith("*", StringComparison.Ordinal))
            (path, signature) = (path.Substring(0, path.Length - 1), null);
        if (id[0] == 'T')
            return new('T', path, "", null, receiver, words);
        var dot = path.LastIndexOf('.');
        return dot <= 0 ? null : new(id[0], path.Substring(0, dot), path.Substring(dot + 1), signature, receiver, words);
    }

    /// <summary>The member's name without its generic arity.</summary>
    public string MemberName { get; } = Member.IndexOf('`') is >= 0 and var tick ? Member.Substring(0, tick) : Member;

    /// <summary>The type's own name without namespaces and arity: a quick way to say no.</summary>
    public string TypeName { get; } = SimpleName(TypeKey);

    private static string SimpleName(string key)
    {
        var name = key.Substring(key.LastIndexOf('.') + 1);
        var tick = name.IndexOf('`');
        return tick >= 0 ? name.Substring(0, tick) : name;
    }
}
