using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Symbols;

/// <summary>The words of the .NET table and of external contracts: an attribute as text, <c>TryAcquires(obj, Result = taken)</c>.</summary>
internal static class ContractText
{
    /// <summary>Words that speak of one parameter, of <c>this</c> or of <c>return</c>, named by their first argument.</summary>
    private static ImmutableHashSet<string> Targeted { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "InvokedHere", "InvokedElsewhere", "Consumes", "DoesNotReturnIf",
        "AcquiresRef", "TryAcquiresRef", "ReleasesRef", "MustHoldRef", "MustNotHoldRef", "Unreferenced");

    /// <summary>Words that only the table has: what no attribute needs to say about one's own code.</summary>
    private static ImmutableHashSet<string> OwnWords { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "InvokedElsewhere", "Consumes", "Deferred", "Mutates", "DoesNotReturn", "DoesNotReturnIf",
        "AcquiresUpgradeable", "TryAcquiresUpgradeable", "ReleasesUpgradeable", "AssertsHeldUpgradeable");

    /// <summary>The annotation that a text says; null for what is none, with the reason.</summary>
    public static Annotation? Parse(string? text, out string problem, SyntaxReference? syntax = null)
    {
        problem = "";
        var trimmed = (text ?? "").Trim();
        var open = trimmed.IndexOf('(');
        var name = (open < 0 ? trimmed : trimmed.Substring(0, open)).Trim();
        if (!KnownTypeNames.Annotations.Contains(name) && !OwnWords.Contains(name))
        {
            problem = $"'{name}' is no annotation";
            return null;
        }

        if (open >= 0 && !trimmed.EndsWith(")", StringComparison.Ordinal))
        {
            problem = "')' is missing at the end";
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<string>();
        var named = ImmutableArray.CreateBuilder<(string, string)>();
        if (open >= 0)
        {
            foreach (var piece in Split(trimmed.Substring(open + 1, trimmed.Length - open - 2)))
            {
                var equals = piece.IndexOf('=');
                if (equals > 0 && !piece.StartsWith("\"", StringComparison.Ordinal))
                    named.Add((piece.Substring(0, equals).Trim(), Value(piece.Substring(equals + 1))));
                else
                    arguments.Add(Unquoted(piece));
            }
        }

        if (name is "LockType" or "RunsIn" or "RcuAccessor" && arguments.Count > 0)
            arguments[0] = Value(arguments[0]);
        return new(name, arguments.ToImmutable(), named.ToImmutable(), Syntax: syntax);
    }

    /// <summary>The same words said of one method: those that speak of a parameter find it.</summary>
    public static IEnumerable<Annotation> On(IMethodSymbol method, Annotation word)
    {
        if (!Targeted.Contains(word.Name))
        {
            yield return word;
            yield break;
        }

        var rest = word with { Arguments = word.Arguments.IsEmpty ? [] : word.Arguments.RemoveAt(0) };
        switch (word[0])
        {
            case null or "this":
                yield return rest;
                break;
            case "return":
                yield return rest with { Target = AnnotationTarget.Return };
                break;
            case var wanted:
                foreach (var parameter in method.Parameters)
                {
                    if (wanted == "*" ? IsDelegate(parameter.Type) : parameter.Name == wanted)
                        yield return rest with { Target = AnnotationTarget.Parameter, Ordinal = parameter.Ordinal };
                }

                break;
        }
    }

    private static bool IsDelegate(ITypeSymbol type) => type.TypeKind == TypeKind.Delegate;

    private static IEnumerable<string> Split(string text)
    {
        var (depth, quoted, start) = (0, false, 0);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '[' or '<' or '(' when !quoted:
                    depth++;
                    break;
                case ']' or '>' or ')' when !quoted:
                    depth--;
                    break;
                case ',' when !quoted && depth <= 0:
                    yield return text.Substring(start, index - start).Trim();
                    start = index + 1;
                    break;
            }
        }

        if (text.Substring(start).Trim() is { Length: > 0 } last)
            yield return last;
    }

    private static string Unquoted(string text)
    {
        text = text.Trim();
        return text.Length >= 2 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2) : text;
    }

    /// <summary>A value without quotes and without the enum's name: <c>Outcome.Zero</c> is <c>Zero</c>.</summary>
    private static string Value(string text)
    {
        var value = Unquoted(text);
        var dot = value.LastIndexOf('.');
        return dot > 0 && value.Take(dot).All(static c => char.IsLetter(c) || c == '.') && IsEnumOfOurs(value.Substring(0, dot))
            ? value.Substring(dot + 1)
            : value;
    }

    private static bool IsEnumOfOurs(string qualifier) =>
        qualifier.Substring(qualifier.LastIndexOf('.') + 1)
            is "Outcome" or "LockKind" or "LockNesting" or "IrqContext" or "ExecutionContext" or "RcuRole";
}
