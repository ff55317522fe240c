using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace MmLock.Verification.Tests;

public class RerunTests
{
    private const string Marked = "class BadOne { } //~ TOY0009";

    [Fact]
    public Task ThrowingAnalyzer_FailsWithItsException() => Complaint.Of(
        () => LockVerifier<ThrowingAnalyzer>.Marked("class BadOne { }"),
        "AD0001: ThrowingAnalyzer threw", "System.InvalidOperationException: met BadOne", "FaultyAnalyzers.cs");

    [Fact]
    public Task ReportInGeneratedCode_Fails() => FailsBecauseOf(
        new IntrusiveAnalyzer(), Reruns.Generated, "Findings in generated code", "TOY0009: 'BadOne' is bad");

    [Fact]
    public Task LateReportWithoutTheTag_Fails() => FailsBecauseOf(
        new SecretlyLateAnalyzer(), Reruns.Live, "Asked file by file as an editor does", "- /0/Test0.cs(1,7)-(1,13) warning TOY0009");

    [Fact]
    public Task StateInTheAnalyzer_Fails() => FailsBecauseOf(
        new RememberingAnalyzer(), Reruns.Order, "With the files in another order and one thread", "- /0/Test0.cs(1,7)-(1,13)");

    [Fact]
    public Task ReportThatNoPragmaReaches_Fails() => FailsBecauseOf(
        new TopOfFileAnalyzer(), Reruns.Pragma, "Findings under #pragma warning disable");

    [Fact]
    public async Task DifferenceBetweenSourceAndImage_Fails()
    {
        var verifier = new LockVerifier(new MetadataOnlyAnalyzer())
        {
            Projects =
            [
                new TestProject("Library") { Files = [new("Bad.cs", "public class Bad { }")] },
                new TestProject("Client") { References = ["Library"], Files = [new("Client.cs", "class Client : Bad { }")] },
            ],
        };

        await (verifier with { Reruns = Reruns.All & ~Reruns.Image }).Check();
        await Complaint.Of(
            verifier.Check,
            "With the referenced projects as compiled assemblies:", "/1/Client.cs", "NOT EXPECTED TOY0009: 'Client' is bad");
    }

    [Fact]
    public Task ProjectsOutOfOrder_Fail() => Complaint.Of(
        () => new LockVerifier(new ToyAnalyzer())
        {
            Projects = [new TestProject("Client") { References = ["Library"] }, new TestProject("Library")],
        }.Check(),
        "project Client refers to Library, which does not stand before it");

    [Fact]
    public Task AnalyzersRunTogether() => new LockVerifier(new ToyAnalyzer(), new TopOfFileAnalyzer()) { Reruns = Reruns.None }
        .Check("class BadOne { } //~ TOY0001 TOY0009");

    private static async Task FailsBecauseOf(DiagnosticAnalyzer analyzer, Reruns rerun, params string[] complaint)
    {
        await Complaint.Of(() => new LockVerifier(analyzer).Check(Marked), complaint);
        if (rerun != Reruns.Order)
            await new LockVerifier(analyzer) { Reruns = Reruns.All & ~rerun }.Check(Marked);
    }
}
