using System.Threading.Tasks;
using Xunit;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Verification.Tests.ToyAnalyzer, MmLock.Verification.Tests.ToyFix>;
using VerifyChoice = MmLock.Verification.LockFixVerifier<MmLock.Verification.Tests.ToyAnalyzer, MmLock.Verification.Tests.ChoiceFix>;
using VerifyNewFile = MmLock.Verification.LockFixVerifier<MmLock.Verification.Tests.ToyAnalyzer, MmLock.Verification.Tests.NewFileFix>;

namespace MmLock.Verification.Tests;

public class FixTests
{
    [Fact]
    public Task FixedText_IsMet() => Verify.Fixes("class BadOne { } //~ TOY0001", "class GoodOne { }");

    [Fact]
    public Task SeveralFindings_AreFixedOneByOneAndAtOnce() => Verify.Fixes(
        "class BadOne { } //~ TOY0001\n\nclass BadTwo { } //~ TOY0001\n", "class GoodOne { }\n\nclass GoodTwo { }\n");

    [Fact]
    public Task NoFix_IsMet() => Verify.NoFix("class BadHopeless { } //~ TOY0001");

    [Fact]
    public Task OfferedFix_IsNoNoFix() => Complaint.Of(
        () => Verify.NoFix("class BadOne { } //~ TOY0001"), "no fix is expected, but 'Call it good' is offered");

    [Fact]
    public Task OtherText_FailsWithTheDifference() => Complaint.Of(
        () => Verify.Fixes("class One { }\nclass BadOne { } //~ TOY0001", "class One { }\nclass BetterOne { }"),
        "Fixed one by one: /0/Test0.cs is not as expected\n(- expected, + made by the fix)\n"
        + "  class One { }\n- class BetterOne { }\n+ class GoodOne { }");

    [Fact]
    public Task WhiteSpaceAlone_IsShown() => Complaint.Of(
        () => Verify.Fixes("class BadOne { } //~ TOY0001", " class GoodOne { }"), "- ·class·GoodOne·{·}\n+ class·GoodOne·{·}");

    [Fact]
    public Task UnmarkedInput_FailsAsWithoutAFix() => Complaint.Of(
        () => Verify.Fixes("class BadOne { }", "class GoodOne { }"), "NOT EXPECTED TOY0001");

    [Fact]
    public Task RemainingFinding_IsMarkedInTheFixedText() => VerifyChoice.Fixes(
        "class BadOne { } //~ TOY0001\nclass BadHopeless { } //~ TOY0001",
        "class GoodOne { }\nclass BadHopeless { } //~ TOY0001");

    [Fact]
    public Task RemainingFindingWithoutMark_Fails() => Complaint.Of(
        () => VerifyChoice.Fixes(
            "class BadOne { } //~ TOY0001\nclass BadHopeless { } //~ TOY0001", "class GoodOne { }\nclass BadHopeless { }"),
        "After the fix: 0 expected findings are missing, 1 finding was not expected.");

    [Fact]
    public async Task NestedActions_AreChosenByKeyIndexAndTitle()
    {
        const string source = "class One { }\nclass BadOne { } //~ TOY0001\n";
        await VerifyChoice.Fixes("Good", source, "class One { }\nclass GoodOne { }\n");
        await VerifyChoice.Fixes("Delete", source, "class One { }\n\n");
        await new VerifyChoice { Index = 1, Title = "Delete it" }.CheckFix(source, "class One { }\n\n");
        await Complaint.Of(
            () => new VerifyChoice { Index = 1, Title = "Drop it" }.CheckFix(source, "class One { }\n"),
            "the fix is titled 'Delete it', not 'Drop it'");
        await Complaint.Of(
            () => VerifyChoice.Fixes("Better", source, "class One { }\n"),
            "the fix is not offered; offered are: 'Call it good' (key Good), 'Delete it' (key Delete)");
    }

    [Fact]
    public async Task NewFile_MustBeExpected()
    {
        var verifier = new VerifyNewFile
        {
            Checks = FixChecks.Comments | FixChecks.Cancellation,
            Files = [new("Bad.cs", "class BadOne { } //~ TOY0001")],
            FixedFiles = [new("Bad.cs", "class GoodOne { }"), new("Notes.cs", "// renamed\n")],
        };
        await verifier.CheckFix();
        await Complaint.Of(
            (verifier with { FixedFiles = [verifier.FixedFiles[0]] }).CheckFix, "the file /0/Notes.cs is not expected:\n// renamed");
        await Complaint.Of(
            (verifier with { FixedFiles = [.. verifier.FixedFiles, new("More.cs", "")] }).CheckFix,
            "the file /0/More.cs is expected and not there");
    }

    [Fact]
    public async Task Rounds_AreCounted()
    {
        const string source = "class BadOne { } class BadTwo { } //~ TOY0001 TOY0001";
        const string mended = "class GoodOne { } class GoodTwo { }";
        await new Verify { Rounds = 2 }.CheckFix(source, mended);
        await Complaint.Of(() => new Verify { Rounds = 1 }.CheckFix(source, mended), "the fix was applied 2 times, not 1");
    }

    [Fact]
    public Task SeveralProjectsAndFiles_AreFixedInEveryScope() => new Verify
    {
        Files = [new("A.cs", "public class BadA { } //~ TOY0001"), new("B.cs", "public class BadB { } //~ TOY0001")],
        Projects =
        [
            new TestProject("Client") { References = ["Test"], Files = [new("C.cs", "class BadC { } //~ TOY0001")] },
        ],
        FixedFiles =
        [
            new("A.cs", "public class GoodA { }"), new("B.cs", "public class GoodB { }"), new("/1/C.cs", "class GoodC { }"),
        ],
    }.CheckFix();
}
