using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace MmLock.Verification.Tests;

/// <summary>Each fault of a fix fails, and is called by its name.</summary>
public class FaultyFixTests
{
    private const string Source = "class BadOne { } //~ TOY0001";
    private const string Mended = "class GoodOne { }";

    [Fact]
    public Task NotExported() => Fails<UnexportedFix>("UnexportedFix is not exported: no host would find it");

    [Fact]
    public Task ExportedForAnotherLanguage() => Fails<OtherLanguageFix>("OtherLanguageFix is not exported for C#");

    [Fact]
    public Task NotShared() => Fails<UnsharedFix>("UnsharedFix is not [Shared]");

    [Fact]
    public Task ForNoRuleUnderTest() => Fails<OtherRuleFix>("OtherRuleFix fixes no rule of the analyzers under test");

    [Fact]
    public Task WithoutFixAll() => Fails<NoFixAllFix>("NoFixAllFix has no fix-all provider: dotnet format cannot apply it");

    [Fact]
    public Task WithFixAllInDocumentsAlone() => Fails<DocumentOnlyFixAllFix>("DocumentOnlyFixAllFix does not fix all in a Project");

    [Fact]
    public Task FixAllThatDoesNothing() => Fails<IdleFixAllFix>("Fixed all in a Document: /0/Test0.cs is not as expected");

    [Fact]
    public Task FixAllThatNeedsAKey() => Complaint.Of(
        () => LockFixVerifier<ToyAnalyzer, ToyFix>.Fixes(
            Source + "\nclass BadHopeless { } //~ TOY0001", Mended + "\nclass BadHopeless { } //~ TOY0001"),
        "Fixed all without a key, as dotnet format does when the first finding has no fix: /0/Test0.cs is not as expected");

    [Fact]
    public Task WithoutKey() => Fails<KeylessFix>("the action 'Call it good' has no equivalence key");

    [Fact]
    public Task WithOneKeyTwice() => Fails<SameKeyFix>("several actions for one finding have the key 'Good'");

    [Fact]
    public Task WithoutEnd() => Fails<EndlessFix>("the fix does not end: applied 1 times, it is still offered: 'Call it good'");

    [Fact]
    public Task WithoutEffect() => Fails<IdleFix>("the fix 'Call it good' changes nothing");

    [Fact]
    public Task LeavingAWrongTree() => Fails<WrongTreeFix>(
        "Fixed one by one: /0/Test0.cs has the expected text, but the tree is another than the text parses to");

    [Fact]
    public Task LosingComments() => Fails<CommentEatingFix>("the fix loses a comment: /* above line 1 */ is gone");

    [Fact]
    public Task ThrowingOnCancellation() => Fails<OffendedFix>(
        "Under a cancelled token the fix threw in 'Call it good'", "System.InvalidOperationException: interrupted");

    [Fact]
    public Task ThrowingWhileRegistering() => Fails<ThrowingFix>(
        "the fix threw while registering", "System.InvalidOperationException: no idea");

    [Fact]
    public Task ThrowingInTheAction() => Fails<ThrowingActionFix>(
        "the fix threw in 'Call it good'", "System.InvalidOperationException: no name");

    [Fact]
    public Task DoingMoreThanAChange() => Fails<SideEffectFix>(
        "the action 'Open it' is not one ApplyChangesOperation: OpenDocumentOperation");

    [Fact]
    public Task MovingTheFile() => Fails<MovingFix>("Fixed one by one: /0/Test0.cs was moved to");

    [Fact]
    public Task ChangingTheEncoding() => Fails<RecodingFix>(
        "Fixed one by one: /0/Test0.cs changed its encoding from utf-8 to utf-16");

    [Fact]
    public Task BreakingTheCode() => Complaint.Of(
        () => LockFixVerifier<ToyAnalyzer, BreakingFix>.Fixes("class Taken { }\n" + Source, "class Taken { }\nclass Taken { }"),
        "After the fix: 0 expected findings are missing, 1 finding was not expected.", "CS0101");

    private static Task Fails<TFix>(params string[] complaint)
        where TFix : CodeFixProvider, new()
        => Complaint.Of(() => LockFixVerifier<ToyAnalyzer, TFix>.Fixes(Source, Mended), complaint);
}
