using System.Linq;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace MmLock.Verification.Tests;

public class SpanMarkupTests
{
    [Theory]
    [InlineData("a [|b|] c", "a b c", 2, 3)]
    [InlineData("a {|TOY0001:b|} c", "a b c", 2, 3)]
    [InlineData("a {|#3:b|} c", "a b c", 2, 3)]
    [InlineData("a $$b c", "a b c", 2, 2)]
    public void EachFormMarksItsText(string marked, string text, int start, int end)
    {
        var source = MarkedSource.Parse("A.cs", marked);

        Assert.Equal(text, source.Text);
        Assert.Equal(TextSpan.FromBounds(start, end), Assert.Single(source.Spans).Span);
    }

    [Fact]
    public void MarksNest()
    {
        var source = MarkedSource.Parse("A.cs", "{|#0:a {|TOY0001:b|} c|}");

        Assert.Equal("a b c", source.Text);
        Assert.Equal(["b", "a b c"], source.Spans.Select(mark => source.Text.Substring(mark.Span.Start, mark.Span.Length)));
    }

    [Fact]
    public void NumberedEndsOverlap()
    {
        var source = MarkedSource.Parse("A.cs", "{|#0:a {|#1:b|#0} c|#1}");

        Assert.Equal(new TextSpan(0, 3), source.Numbered(0)!.Span);
        Assert.Equal(new TextSpan(2, 3), source.Numbered(1)!.Span);
    }

    [Fact]
    public void DollarsOfARawStringAreSource()
        => Assert.Equal("var s = $$\"\"\"{{x}}\"\"\";", MarkedSource.Parse("A.cs", "var s = $$\"\"\"{{x}}\"\"\";").Text);

    [Fact]
    public void LineEndingsAreOne()
        => Assert.Equal("a\nb", MarkedSource.Parse("A.cs", "a\r\nb").Text);

    [Theory]
    [InlineData("a\n [|b", "A.cs(2,2): the mark is never closed")]
    [InlineData("a |] b", "A.cs(1,3): the end mark closes nothing")]
    [InlineData("a |} b", "A.cs(1,3): the end mark closes nothing")]
    [InlineData("a |#0} b", "A.cs(1,3): the end mark closes nothing")]
    [InlineData("{|#0:a|} {|#0:b|}", "A.cs(1,10): the number 0 is used twice")]
    [InlineData("{|what:a|}", "A.cs(1,1): the mark has neither a rule ({|ID:x|}) nor a number ({|#0:x|})")]
    public void BadMarksAreNeverSource(string marked, string complaint)
    {
        var thrown = Assert.Throws<VerificationException>(() => MarkedSource.Parse("A.cs", marked));

        Assert.Equal(complaint, thrown.Message);
    }
}
