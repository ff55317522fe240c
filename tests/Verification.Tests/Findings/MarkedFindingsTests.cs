using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = MmLock.Verification.LockVerifier<MmLock.Verification.Tests.ToyAnalyzer>;

namespace MmLock.Verification.Tests;

public class MarkedFindingsTests
{
    [Fact]
    public Task LineMarks_AreMet() => Verify.Marked("class Good { }\nclass BadOne { } //~ TOY0001\nclass LateOne { } //~ TOY0002");

    [Fact]
    public Task SpanMarks_AreMet() => Verify.Marked("class {|TOY0001:BadOne|} { }\nclass {|TOY0002:LateOne|} { }");

    [Fact]
    public Task PositionMark_FixesTheBeginAlone() => new Verify { DefaultId = "TOY0001" }.Check("class $$BadOne { }");

    [Fact]
    public Task AlternativeAndOptionalMarks_AreMet()
        => Verify.Marked("class BadOne { } //~ TOY0001|TOY0002\nclass BadTwo { } //~? TOY0001\nclass Good { } //~? TOY0001");

    [Fact]
    public Task MissingFinding_FailsWithCaretsUnderTheLine() => Complaint.Of(
        () => Verify.Marked("class One { }\n  class Good { } //~ TOY0001"),
        "1 expected finding is missing, 0 findings were not expected.",
        "    2 |   class Good { }\n      |   ^^^^^^^^^^^^^^ MISSING TOY0001");

    [Fact]
    public Task UnexpectedFinding_FailsWithCaretsAndLinesToPaste() => Complaint.Of(
        () => Verify.Marked("class One { }\nclass BadOne { }"),
        "0 expected findings are missing, 1 finding was not expected.",
        "/0/Test0.cs\n    1 | class One { }\n    2 | class BadOne { }\n      |       ^^^^^^ NOT EXPECTED TOY0001: 'BadOne' is a bad name",
        "To expect what was found:\nclass BadOne { } //~ TOY0001");

    [Fact]
    public Task OtherSpan_IsANearMiss() => Complaint.Of(
        () => Verify.Marked("{|TOY0001:class|} BadOne { }"),
        "near miss: expected at /0/Test0.cs(1,1)-(1,6), found at /0/Test0.cs(1,7)-(1,13)");

    [Fact]
    public Task OtherId_IsANearMiss() => Complaint.Of(
        () => Verify.Marked("class {|TOY0002:BadOne|} { }"), "near miss: expected TOY0002, found TOY0001");

    [Fact]
    public Task SecondFindingOnAMarkedLine_IsNotExpected() => Complaint.Of(
        () => Verify.Marked("class BadOne { } class BadTwo { } //~ TOY0001"), "1 finding was not expected");

    [Fact]
    public Task MarkOfAnUnknownRule_Fails() => Complaint.Of(
        () => Verify.Marked("class One { } //~ TOY9999"), "/0/Test0.cs(1,1)-(1,14): no analyzer under test has a rule TOY9999");

    [Fact]
    public Task UnnamedMarkWithSeveralRules_Fails() => Complaint.Of(
        () => Verify.Marked("class [|BadOne|] { }"), "the analyzers under test have several: set DefaultId");

    [Fact]
    public Task CompilerError_Fails() => Complaint.Of(
        () => Verify.Marked("class One : Missing { }"), "NOT EXPECTED CS0246: The type or namespace name 'Missing'");

    [Fact]
    public Task MarkedCompilerError_IsMet() => Verify.Marked("class One : {|CS0246:Missing|} { }");

    [Fact]
    public async Task CompilerWarning_CountsOnRequest()
    {
        await Verify.Marked("class One { int _unused; }");
        await Complaint.Of(
            () => new Verify { CountsCompilerWarnings = true }.Check("class One { int _unused; }"), "NOT EXPECTED CS0169");
    }

    [Fact]
    public async Task RuleOffByDefault_RunsWhenExpectedOrEnabled()
    {
        await Verify.Marked("class OffOne { }");
        await Verify.Marked("class OffOne { } //~ TOY0003");
        await Complaint.Of(() => new Verify { Enable = ["TOY0003"] }.Check("class OffOne { }"), "NOT EXPECTED TOY0003");
    }

    [Fact]
    public async Task Suggestions_NeedMarksOnlyWhereTheTestHasOne()
    {
        await Verify.Marked("class PlainOne { }\nclass PlainTwo { }");
        await Complaint.Of(
            () => Verify.Marked("class PlainOne { } //~ MML6001\nclass PlainTwo { }"), "NOT EXPECTED MML6001: 'PlainTwo'");
    }

    [Fact]
    public async Task SeveritiesAndConfigs_AreObeyed()
    {
        var silent = new Verify { EditorConfig = "[*.cs]\ndotnet_diagnostic.TOY0001.severity = none" };
        await silent.Check("class BadOne { }");
        await new Verify { GlobalConfig = "is_global = true\ndotnet_diagnostic.TOY0001.severity = none" }.Check("class BadOne { }");
        await new Verify
        {
            Severities = new System.Collections.Generic.Dictionary<string, ReportDiagnostic> { ["TOY0001"] = ReportDiagnostic.Suppress },
        }.Check("class BadOne { }");
    }
}
