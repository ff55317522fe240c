using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Verification.Tests.ToyAnalyzer>;

namespace MmLock.Verification.Tests;

public class ExplicitFindingsTests
{
    private const string Source = "class {|#0:BadOne|} { int {|#1:_first|}; int {|#2:_second|}; }";

    [Fact]
    public Task EverythingSaid_IsMet() => Verify.Spans(
        Source,
        Verify.Finding("TOY0001").At(0).WithPlaces(1, 2).WithSeverity(DiagnosticSeverity.Warning)
            .WithMessage("'BadOne' is a bad name").WithArguments("BadOne").Saying("BadOne", "bad name"));

    [Fact]
    public Task PlaceByLineAndColumn_IsMet()
        => Verify.Spans("class BadOne { }", Verify.Finding("TOY0001").At(Spot.At("Test0.cs", 1, 7, 1, 13)));

    [Fact]
    public Task OtherMessage_Fails() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(0).WithMessage("no")),
        "near miss: expected the message \"no\", found \"'BadOne' is a bad name\"",
        "To expect what was found:\nVerify.Finding(\"TOY0001\").At(Spot.At(\"/0/Test0.cs\", 1, 7, 1, 13))"
        + ".WithPlaces(Spot.At(\"/0/Test0.cs\", 1, 20, 1, 26), Spot.At(\"/0/Test0.cs\", 1, 32, 1, 39))"
        + ".WithMessage(\"'BadOne' is a bad name\"),");

    [Fact]
    public Task OtherArguments_Fail() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(0).WithArguments("Other")),
        "expected the message \"'Other' is a bad name\"");

    [Fact]
    public Task FragmentNotSaid_Fails() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(0).Saying("lock")), "expected \"lock\" in the message");

    [Fact]
    public Task OtherSeverity_Fails() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(0).WithSeverity(DiagnosticSeverity.Error)),
        "expected severity Error, found Warning");

    [Fact]
    public Task PlaceTooFew_Fails() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(0).WithPlaces(1)),
        "expected additional places /0/Test0.cs(1,20)-(1,26), found /0/Test0.cs(1,20)-(1,26); /0/Test0.cs(1,32)-(1,39)");

    [Fact]
    public Task NumberWithoutMark_Fails() => Complaint.Of(
        () => Verify.Spans(Source, Verify.Finding("TOY0001").At(7)), "no mark in the sources has the number 7");

    [Fact]
    public Task NumberedMarkAlone_ExpectsNothing() => Complaint.Of(() => Verify.Spans(Source), "NOT EXPECTED TOY0001");

    [Fact]
    public async Task SuppressedFinding_CanBeAsserted()
    {
        const string suppressed = "#pragma warning disable TOY0001\nclass {|#0:BadOne|} { }";
        await Verify.Marked(suppressed);
        await Verify.Spans(suppressed, Verify.Finding("TOY0001").At(0).Suppressed());
        await Complaint.Of(() => Verify.Spans(suppressed, Verify.Finding("TOY0001").At(0)), "found, but suppressed");
        await Complaint.Of(
            () => Verify.Spans("class {|#0:BadOne|} { }", Verify.Finding("TOY0001").At(0).Suppressed()), "expected to be suppressed");
    }

    [Fact]
    public Task EarlyChoiceGivesWayToALaterExpectation() => new Verify
    {
        Expected = [Verify.Finding("TOY0001").At(0)],
    }.Check("class {|#0:BadOne|} { } class BadTwo { } //~ TOY0001");
}
