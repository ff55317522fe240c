using System.IO;
using System.Threading.Tasks;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Operators;
using MmLock.Mutation.Tests.Runs;
using Xunit;

namespace MmLock.Mutation.Tests;

/// <summary>Does the analyzer find what is broken in the model? Mistakes are made in it one at a time, and counted.</summary>
public sealed class MutationTests
{
    private const double Demanded = 0.98;

    private static readonly KernelModel Model = KernelModel.Load();

    [Fact]
    public void Model_Compiles()
        => Assert.DoesNotContain(
            Model.Compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);

    [Fact]
    public async Task Model_HasNoFindings()
        => Assert.Empty(await new Judge(Model).FindingsOfTheModelAsync(TestContext.Current.CancellationToken));

    [Fact]
    public void EveryOperator_IsToldOfInTheDocumentation()
    {
        var page = File.ReadAllLines(Path.Combine(KernelModel.Root, "docs", "mutation.md"));
        Assert.All(AllOperators.List, op => Assert.Contains(page, line => line.StartsWith($"| {op.Name} | {op.Breaks} |")));
    }

    [Fact]
    public async Task Mutants_AreFound()
    {
        var figures = await Campaign.RunAsync(Model, CampaignOptions.FromEnvironment(), TestContext.Current.CancellationToken);
        var results = Directory.CreateDirectory(Path.Combine(KernelModel.Root, "artifacts")).FullName;
        File.WriteAllText(Path.Combine(results, "mutation.txt"), figures.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(figures.ToString());
        Assert.True(figures.Share >= Demanded, figures.ToString());
    }
}
