using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Samples.Tests;

public sealed class HistoricBugsTests
{
    /// <summary>All of them at once, as a build sees them: what one file does must not be reported in another.</summary>
    [Fact]
    public Task Bugs_ReportExactlyTheirMarks() => new LockVerifier(new LockFlowAnalyzer(), new DeclarationAnalyzer())
    {
        Files = Sources.Of("HistoricBugs"),
        References = [MetadataReference.CreateFromFile(typeof(MmKernel.Page).Assembly.Location)],
    }.Check();

    [Fact]
    public void EveryBug_StandsInTheTableWithItsIdsAndItsFile()
    {
        var files = BugFile.All.Select(bug => (bug.Number, Ids: string.Join(" ", bug.Ids), bug.Path)).Order();
        var rows = BugTable.Rows.Select(row => (row.Number, row.Ids, row.Path)).Order();
        Assert.Equal(files, rows);
    }

    [Fact]
    public void EveryEntryOfTheCatalogue_IsEitherAFileOrSaidToBeInexpressible()
    {
        var told = BugFile.All.Select(bug => bug.Number).Concat(BugTable.Inexpressible).Order().ToArray();
        var catalogue = Enumerable.Range(1, 97).Select(number => $"B{number:00}");
        Assert.Equal(told.Distinct(), told);
        Assert.Equal(catalogue, told.Where(number => number[0] == 'B'));
    }

    [Fact]
    public void EveryBug_SaysWhatHappenedWhereItIsFromAndWhoDoesItRight()
    {
        foreach (var bug in BugFile.All)
        {
            Assert.Contains("<para>What happened:", bug.Text);
            Assert.Contains("<para>Source:", bug.Text);
            Assert.Contains("<para>Repaired:", bug.Text);
            Assert.NotEmpty(bug.Ids);
        }
    }
}
