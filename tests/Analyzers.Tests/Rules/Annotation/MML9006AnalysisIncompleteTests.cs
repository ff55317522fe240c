using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>A bound was reached, and the method says which.</summary>
public sealed class MML9006AnalysisIncompleteTests
{
    [Fact]
    public Task ManyIndependentLocks_ReachABoundThatIsNamed()
    {
        var body = string.Concat(System.Linq.Enumerable.Select(
            System.Linq.Enumerable.Range(0, 9),
            i => $"        if (flags[{i}]) locks[{i}].Lock();\n        Work();\n"));
        var fields = string.Concat(System.Linq.Enumerable.Select(
            System.Linq.Enumerable.Range(0, 9), i => $"    readonly SpinLock l{i} = new();\n"));
        for (int i = 0; i < 9; i++)
            body = body.Replace($"locks[{i}]", "l" + i).Replace($"flags[{i}]", $"Flag({i})");
        return new LockVerifier<LockFlowAnalyzer>
        {
            Expected = [new ExpectedFinding("MML9006").At(0).Saying("The lock analysis of 'Story.M' is incomplete: ")],
            Unasked = ["MML2006", "MML6001", "MML6002", "MML1002", "MML1003", "MML9006"],
        }.Check("class Story\n{\n" + fields + "    static bool Flag(int i) => i > 3;\n    static void Work() { }\n    public void {|#0:M|}()\n    {\n" + body + "    }\n}\n",
            MmSources.Primitives);
    }

    [Fact]
    public Task OrdinaryMethod_IsAnalysedToTheEnd() => Marked("""
        class Story
        {
            readonly SpinLock a = new(), b = new(), c = new();

            public void M(bool x, bool y, bool z)
            {
                if (x) a.Lock();
                if (y) b.Lock();
                if (z) c.Lock();
                if (z) c.Unlock();
                if (y) b.Unlock();
                if (x) a.Unlock();
            }
        }
        """);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
