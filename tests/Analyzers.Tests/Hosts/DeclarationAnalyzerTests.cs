using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Hosts;

/// <summary>Problems of declarations on their way to the user: whole sentences, in the file that they stand in.</summary>
public sealed class DeclarationAnalyzerTests
{
    [Fact]
    public async Task Problems_BecomeSentences()
    {
        var messages = await Build(HostRun.Compile(("a.cs", """
            using MmLock;
            [assembly: LockHierarchy("a\n  b")]
            [assembly: LockHierarchy("b\n  a")]
            class C
            {
                [LockClass("a")] readonly object Gate = new();
                [MustHold("Gat")] void Typo() { }
                [MustHold("Name")] void NoLock() { }
                [MustHold("@nobody")] void Unknown() { }
                [MustHold("Gate"), MustNotHold("Gate")] void Never() { }
                string Name = "";
                void Outer() { [MustHold("Gaet")] void Local() { } Local(); }
            }
            class Base { public object Gate = new(); public virtual void M() { } }
            class Derived : Base { [MustHold("Gate")] public override void M() { } }
            """)));

        foreach (var id in new[] { "MML9001", "MML9002", "MML9003", "MML9004", "MML9005", "MML2012" })
            Assert.Contains(messages, m => m.StartsWith(id, System.StringComparison.Ordinal));
        Assert.Contains(messages, m => m.StartsWith("MML9001: 'Gat' in [MustHold] is no lock expression here: ") && m.Contains("'Gate'"));
        Assert.Contains(messages, m => m.StartsWith("MML9001: 'Gaet' in [MustHold]"));
        Assert.Contains(messages, m => m.StartsWith("MML2012: 'Derived.M"));
        Assert.DoesNotContain(messages, m => m.Contains('{'));
    }

    [Fact]
    public async Task ProblemsOfAPartialType_AreLiveInTheirFileOnly()
    {
        var compilation = HostRun.Compile(
            ("a.cs", "using MmLock; [assembly: LockHierarchy(\"a\\n  b\")] partial class C { [MustHold(\"Nope1\")] void A() { } }"),
            ("b.cs", "using MmLock; [assembly: LockHierarchy(\"b\\n  a\")] partial class C { [MustHold(\"Nope2\")] void B() { } }"));

        Assert.Single(await Live(compilation, "a.cs"), d => d.GetMessage().Contains("Nope1"));
        Assert.DoesNotContain(await Live(compilation, "a.cs"), d => d.Location.SourceTree!.FilePath != "a.cs");
        Assert.Single(await Live(compilation, "b.cs"), d => d.GetMessage().Contains("Nope2"));
        Assert.Single((await Live(compilation, "a.cs")).Concat(await Live(compilation, "b.cs")), d => d.Id == "MML9003" && d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task SourceWithoutAnnotations_IsQuiet() => Assert.Empty(await Build(HostRun.Compile(
        ("a.cs", "class C { object o = new(); void M() { lock (o) { } void L(int i) { } } }"))));

    private static async Task<IReadOnlyList<string>> Build(CSharpCompilation compilation)
    {
        var found = await compilation.WithAnalyzers([new DeclarationAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Select(d => $"{d.Id}: {d.GetMessage()}")];
    }

    private static async Task<IReadOnlyList<Diagnostic>> Live(CSharpCompilation compilation, string path)
    {
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees.Single(t => t.FilePath == path));
        return await compilation.WithAnalyzers([new DeclarationAnalyzer()])
            .GetAnalyzerSemanticDiagnosticsAsync(model, null, TestContext.Current.CancellationToken);
    }
}
