using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace MmLock.Samples.Tests;

public sealed class ReproductionTests
{
    /// <summary>Each in a program of its own: the model has one machine per process, and some of these end it.</summary>
    [Theory]
    [InlineData("Bug001", "page 0 is charged to memcg")]
    [InlineData("Bug012", "migration makes no progress")]
    [InlineData("Bug022", "deadlock: the zap sleeps for the page lock")]
    [InlineData("Bug037", "is used after it was freed")]
    [InlineData("Bug041", "a user reads 1 from page 1 but wrote 2 last")]
    public async Task Bug_RunsIntoItsHarm(string bug, string harm)
    {
        var program = Path.Combine(Sources.Root, "samples/Reproductions/bin", Sources.Configuration, "net10.0/Reproductions.dll");
        using var run = Process.Start(new ProcessStartInfo("dotnet", [program, bug]) { RedirectStandardOutput = true })!;
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("BROKEN: ", output);
        Assert.Contains(harm, output);
        Assert.Equal(0, run.ExitCode);
    }
}
