using Xunit;

namespace MmLock.Verification.Tests;

public class LineMarksTests
{
    [Fact]
    public void SeveralIdsAreSeveralFindings()
    {
        var source = MarkedSource.Parse("A.cs", "a\nb; //~ MML2003 MML2004");

        Assert.Equal("a\nb;", source.Text);
        Assert.Equal(2, source.Lines.Length);
        Assert.All(source.Lines, mark => Assert.Equal((1, false), (mark.Line, mark.Optional)));
    }

    [Fact]
    public void AlternativesAreOneFinding()
    {
        var source = MarkedSource.Parse("A.cs", "b; //~ MML2003|MML2004");

        Assert.Equal(["MML2003", "MML2004"], Assert.Single(source.Lines).Ids);
    }

    [Fact]
    public void QuestionMarkMakesOptional()
        => Assert.True(Assert.Single(MarkedSource.Parse("A.cs", "b; //~? MML2003").Lines).Optional);

    [Fact]
    public void TwoSignsOnOneLineAreBothRead()
    {
        var source = MarkedSource.Parse("A.cs", "b; //~ MML2003 //~? MML2004");

        Assert.Equal("b;", source.Text);
        Assert.Equal(2, source.Lines.Length);
    }

    [Fact]
    public void RemarkStaysAComment()
        => Assert.Equal("b; // the first one", MarkedSource.Parse("A.cs", "b; //~ MML2003 the first one").Text);

    [Theory]
    [InlineData("a\nb; //~", "A.cs(2,4): the mark names no rule: //~")]
    [InlineData("b; //~ mml2003", "A.cs(1,4): the mark names no rule: //~ mml2003")]
    public void BadMarksAreNeverSource(string marked, string complaint)
    {
        var thrown = Assert.Throws<VerificationException>(() => MarkedSource.Parse("A.cs", marked));

        Assert.Equal(complaint, thrown.Message);
    }
}
