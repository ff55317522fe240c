using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using MmLock.Analyzers.Contracts;
using Xunit;

namespace MmLock.Analyzers.Tests.Contracts;

/// <summary>Text to syntax: every form of the grammar, and no text that makes it throw or point outside itself.</summary>
public sealed class LockExpressionParserTests
{
    [Theory]
    [InlineData("this")]
    [InlineData("return.LruLock")]
    [InlineData("parts[i].Gate")]
    [InlineData("Stripes[*]")]
    [InlineData("Table.Rows[12].Lock")]
    [InlineData("Store<int, Dictionary<int, string>>.Gate")]
    [InlineData("  page . Lock ")]
    public void Paths_Parse(string text) => Assert.IsType<ParsedPath>(LockExpressionParser.Parse(text));

    [Fact]
    public void Path_KeepsItsPieces()
    {
        var path = Assert.IsType<ParsedPath>(LockExpressionParser.Parse("a.B[3].C[*][n]"));
        Assert.Equal("a", path.Root.Text);
        Assert.Equal(["B", "3", "C", "*", "n"], path.Steps.Select(step => step.Piece.Text));
        Assert.Equal(
            [ParsedStepKind.Member, ParsedStepKind.Element, ParsedStepKind.Member, ParsedStepKind.AnyElement, ParsedStepKind.Parameter],
            path.Steps.Select(step => step.Kind));
    }

    [Theory]
    [InlineData("@keep.lru", "keep.lru")]
    [InlineData(" @i_mmap_rwsem ", "i_mmap_rwsem")]
    [InlineData("@zone->lock", "zone->lock")]
    public void Classes_Parse(string text, string name) =>
        Assert.Equal(name, Assert.IsType<ParsedClass>(LockExpressionParser.Parse(text)).Name.Text);

    [Theory]
    [InlineData("", 0)]
    [InlineData("@", 0)]
    [InlineData("a.", 1)]
    [InlineData("a..b", 2)]
    [InlineData("a[", 1)]
    [InlineData("a[-1]", 2)]
    [InlineData("a[99999999999]", 13)]
    [InlineData("a b", 2)]
    [InlineData("3", 0)]
    [InlineData("a.b()", 3)]
    [InlineData("Store<int.Gate", 13)]
    public void Others_SayWhere(string text, int start) =>
        Assert.Equal(start, Assert.IsType<ParsedNothing>(LockExpressionParser.Parse(text)).Start);

    [Fact]
    public void NoText_Throws_AndEveryPieceIsInside()
    {
        var letters = Gen.Elements("a", "B1", "_", ".", "[", "]", "*", "@", "<", ">", ",", " ", "3", "this", "return", "é", "\n", "\"");
        var texts = letters.ListOf().Select(pieces => string.Concat(pieces));
        Prop.ForAll(texts.ToArbitrary(), text => Pieces(LockExpressionParser.Parse(text)).All(
            piece => piece.Start >= 0 && piece.Start + piece.Length <= text.Length
                && (piece.Text.Length == 0 || text.Substring(piece.Start, piece.Length) == piece.Text)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WrittenPath_ComesBack()
    {
        var names = Gen.Elements("a", "Gate", "_lock", "parts");
        var steps = Gen.OneOf(
            names.Select(name => "." + name), Gen.Constant("[*]"), Gen.Choose(0, 99).Select(number => $"[{number}]"),
            names.Select(name => $"[{name}]"));
        var paths = names.SelectMany(root => steps.ListOf().Select(rest => root + string.Concat(rest)));
        Prop.ForAll(paths.ToArbitrary(), text => LockExpressionParser.Parse(text) is ParsedPath path && Write(path) == text)
            .QuickCheckThrowOnFailure();
    }

    private static string Write(ParsedPath path) => path.Root.Text + string.Concat(
        path.Steps.Select(step => step.Kind == ParsedStepKind.Member ? "." + step.Piece.Text : $"[{step.Piece.Text}]"));

    private static IEnumerable<TextPiece> Pieces(ParsedExpression parsed) => parsed switch
    {
        ParsedClass named => [named.Name],
        ParsedPath path => path.Steps.Select(step => step.Piece).Prepend(path.Root),
        ParsedNothing nothing => [new TextPiece("", nothing.Start), new TextPiece("", nothing.Start + nothing.Length)],
        _ => throw new InvalidOperationException(),
    };
}
