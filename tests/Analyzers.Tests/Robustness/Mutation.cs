using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Analyzers.Tests.Robustness;

/// <summary>What an editor, a merge or a cat on the keyboard does to a file.</summary>
internal static class Mutation
{
    /// <summary>A changed text and the account of the change.</summary>
    public static (string Story, SourceText Text) Of(SyntaxTree tree, Random random)
    {
        var root = tree.GetRoot();
        var text = tree.GetText();
        return random.Next(8) switch
        {
            0 or 1 => DeleteTokens(root, text, random, 1),
            2 => DeleteTokens(root, text, random, 2 + random.Next(30)),
            3 => RepeatToken(root, text, random),
            4 => SwapNames(root, text, random),
            5 => ShuffleMembers(root, random) ?? DeleteTokens(root, text, random, 1),
            6 => SwapStatements(root, random) ?? DeleteTokens(root, text, random, 1),
            _ => CutOff(text, random),
        };
    }

    private static (string Story, SourceText Text) DeleteTokens(SyntaxNode root, SourceText text, Random random, int count)
    {
        var tokens = root.DescendantTokens().ToList();
        var first = random.Next(tokens.Count);
        var last = Math.Min(first + count, tokens.Count) - 1;
        var span = TextSpan.FromBounds(tokens[first].SpanStart, tokens[last].Span.End);
        return ($"without {span} '{text.ToString(span)}'", text.Replace(span, ""));
    }

    private static (string Story, SourceText Text) RepeatToken(SyntaxNode root, SourceText text, Random random)
    {
        var tokens = root.DescendantTokens().ToList();
        var (token, place) = (Any(tokens, random), Any(tokens, random));
        return ($"'{token}' once more at {place.SpanStart}", text.Replace(place.SpanStart, 0, token.Text + " "));
    }

    private static (string Story, SourceText Text) SwapNames(SyntaxNode root, SourceText text, Random random)
    {
        var names = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Length > 0).ToList();
        if (names.Count == 0)
            return DeleteTokens(root, text, random, 1);
        var (name, other) = (Any(names, random), Any(names, random));
        return ($"{name} at {name.SpanStart} became {other}", text.Replace(name.Span, other.Text));
    }

    private static (string Story, SourceText Text)? ShuffleMembers(SyntaxNode root, Random random)
    {
        var types = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(type => type.Members.Count > 1).ToList();
        if (types.Count == 0)
            return null;
        var type = Any(types, random);
        var members = type.Members.ToArray();
        random.Shuffle(members);
        return ($"members of {type.Identifier} shuffled", Text(root.ReplaceNode(type, type.WithMembers(SyntaxFactory.List(members)))));
    }

    private static (string Story, SourceText Text)? SwapStatements(SyntaxNode root, Random random)
    {
        var blocks = root.DescendantNodes().OfType<BlockSyntax>().Where(block => block.Statements.Count > 1).ToList();
        if (blocks.Count == 0)
            return null;
        var block = Any(blocks, random);
        var statements = block.Statements.ToArray();
        random.Shuffle(statements);
        return ($"statements at {block.SpanStart} shuffled", Text(root.ReplaceNode(block, block.WithStatements(SyntaxFactory.List(statements)))));
    }

    private static (string Story, SourceText Text) CutOff(SourceText text, Random random)
    {
        var length = random.Next(text.Length);
        return ($"cut at {length}", text.GetSubText(TextSpan.FromBounds(0, length)));
    }

    private static SourceText Text(SyntaxNode root) => SourceText.From(root.ToFullString());

    private static T Any<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];
}
