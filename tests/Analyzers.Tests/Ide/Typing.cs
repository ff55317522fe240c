using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmLock.Analyzers.Tests.Ide;

/// <summary>
/// The states that a text goes through while it is typed token by token, in an editor that closes each bracket as soon as it
/// is opened.
/// </summary>
internal static class Typing
{
    /// <summary>Each state with the token that was typed last.</summary>
    public static IEnumerable<(string Token, string Text)> States(string text)
    {
        var typed = new StringBuilder();
        var open = ImmutableStack<string>.Empty;
        foreach (var token in SyntaxFactory.ParseTokens(text))
        {
            if (token.IsKind(SyntaxKind.EndOfFileToken))
                yield break;
            typed.Append(token.ToFullString());
            open = token.Kind() switch
            {
                SyntaxKind.OpenBraceToken => open.Push("}"),
                SyntaxKind.OpenParenToken => open.Push(")"),
                SyntaxKind.OpenBracketToken => open.Push("]"),
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => open.Pop(),
                _ => open,
            };
            yield return (token.Text, typed + string.Concat(open));
        }
    }

    /// <summary>The last words of what was typed, for a story that a reader can follow.</summary>
    public static string Tail(IEnumerable<string> tokens) => string.Concat(tokens.TakeLast(6));
}
