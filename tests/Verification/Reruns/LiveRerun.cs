using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmLock.Verification;

/// <summary>
/// An editor asks file by file and never ends the compilation. Joined, its answers must be those of the build but for
/// the rules that say they need one; findings without a place belong to no file, so no editor shows them.
/// </summary>
internal static class LiveRerun
{
    public static async Task Check(
        IEnumerable<CSharpCompilation> compilations, AnalyzerHost host, ImmutableArray<Finding> found)
    {
        var live = new List<Diagnostic>();
        foreach (var compilation in compilations)
            live.AddRange(await host.LiveAsync(compilation));
        RunComparison.MustEqual(
            [.. found.Where(finding => !finding.IsBuildOnly && !finding.Primary.IsNowhere)],
            Finding.Sorted(live),
            "Asked file by file as an editor does, the findings are others");
    }
}
