using System.Collections.Immutable;
using System.Threading.Tasks;

namespace MmLock.Verification;

/// <summary>What is found must not depend on the order of files, nor on which callback came first.</summary>
internal static class OrderRerun
{
    public static async Task Check(Scenario scenario, AnalyzerHost host, ImmutableArray<Finding> found)
    {
        var again = ImmutableArray.CreateBuilder<Microsoft.CodeAnalysis.Diagnostic>();
        foreach (var compilation in CompilationBuilder.Build(scenario, shuffled: true))
            again.AddRange(await host.BatchAsync(compilation, concurrent: false));
        RunComparison.MustEqual(
            found, Finding.Sorted(again), "With the files in another order and one thread, the findings are others");
    }
}
