using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Hosts;
using MmLock.Analyzers.Rules;
using Xunit;

namespace MmLock.Analyzers.Tests.Hosts;

/// <summary>What becomes of findings on their way to the user.</summary>
public sealed class ReportingTests
{
    private const string Locker = "class C { void M() { lock (this) { } } }";

    [Fact]
    public async Task Finding_BecomesADiagnosticWithItsPlaces()
    {
        var run = new HostRun
        {
            OnType = (_, bodies, report) => report(
                new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x' (class 'C')", "") { OnSomePaths = true }
                    .At(LocationRole.AcquiredAt, Keyword(bodies[0]))
                    .At(LocationRole.Declaration, Owner(bodies[0]))
                    .At(LocationRole.AcquiredAt, Owner(bodies[0]))
                    .At(LocationRole.ReadAt, null)
                    .With(DiagnosticProperties.Lock, "x")),
        };
        var found = Assert.Single(await run.Build(HostRun.Compile(("a.cs", Locker))));

        Assert.Equal("Releases 'x' (class 'C'), which is not held on some paths", found.GetMessage());
        Assert.Equal(3, found.AdditionalLocations.Count);
        Assert.Equal("0,2", found.Properties["Location.AcquiredAt"]);
        Assert.Equal("1", found.Properties["Location.Declaration"]);
        Assert.Equal("x", found.Properties[DiagnosticProperties.Lock]);
        Assert.Equal(DiagnosticProperties.SomePaths, found.Properties[DiagnosticProperties.Certainty]);
    }

    [Fact]
    public async Task SameFindingTwice_IsReportedOnceAndTheCertainOneWins()
    {
        var run = new HostRun
        {
            OnType = (_, bodies, report) =>
            {
                report(new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x'", "") { OnSomePaths = true });
                report(new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x'", ""));
                report(new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x'", "") { OnSomePaths = true });
            },
        };
        var found = Assert.Single(await run.Build(HostRun.Compile(("a.cs", Locker))));

        Assert.Equal("Releases 'x', which is not held", found.GetMessage());
    }

    [Fact]
    public async Task DistinctFindingsAtOnePlace_AreAllReported()
    {
        var run = new HostRun
        {
            OnType = (_, bodies, report) =>
            {
                report(new Finding(Descriptors.ReferenceLeak, Keyword(bodies[0]), "b") { Distinction = "b" });
                report(new Finding(Descriptors.ReferenceLeak, Keyword(bodies[0]), "a") { Distinction = "a" });
                report(new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x'", ""));
            },
        };

        Assert.Equal(3, (await run.Build(HostRun.Compile(("a.cs", Locker)))).Length);
    }

    [Fact]
    public void Findings_ComeInSourceOrder()
    {
        var compilation = HostRun.Compile(("b.cs", Locker), ("a.cs", Locker));
        var reporter = new FindingReporter(compilation);
        var tokens = compilation.SyntaxTrees
            .SelectMany(t => t.GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Take(5))
            .ToList();
        foreach (var token in tokens.AsEnumerable().Reverse())
            reporter.Add(new Finding(Descriptors.ReleaseNotHeld, token.GetLocation(), "'x'", ""));
        var places = new List<string>();
        reporter.Flush(d => places.Add($"{d.Location.SourceTree!.FilePath}:{d.Location.SourceSpan.Start:000}"));

        Assert.Equal(places.Order(StringComparer.Ordinal), places);
        Assert.Equal(10, places.Count);
    }

    [Fact]
    public async Task PlacesInAProjectReference_AreDropped()
    {
        var library = HostRun.Compile(("lib.cs", "public class Lib { public object Gate; }"));
        var foreign = library.GetTypeByMetadataName("Lib")!.GetMembers("Gate").Single().Locations[0];
        var user = HostRun.Compile(("a.cs", Locker));
        foreach (var reference in new MetadataReference[] { library.ToMetadataReference(), Emit(library) })
        {
            var run = new HostRun
            {
                OnType = (_, bodies, report) =>
                {
                    report(new Finding(Descriptors.ReleaseNotHeld, Keyword(bodies[0]), "'x'", "")
                        .At(LocationRole.Declaration, foreign)
                        .At(LocationRole.AcquiredAt, Owner(bodies[0])));
                    report(new Finding(Descriptors.HeldAtExit, foreign, "'x'"));
                },
            };
            var found = (await run.Build(user.AddReferences(reference))).OrderBy(d => d.Id).ToArray();

            Assert.Equal(["MML2005", "MML2006"], found.Select(d => d.Id));
            Assert.Single(found[0].AdditionalLocations);
            Assert.Equal("0", found[0].Properties["Location.AcquiredAt"]);
            Assert.False(found[0].Properties.ContainsKey("Location.Declaration"));
            Assert.Equal(Location.None, found[1].Location);
        }
    }

    [Fact]
    public async Task GeneratedParts_AreNotReportedOn()
    {
        var run = new HostRun
        {
            OnType = (_, bodies, report) =>
            {
                foreach (var body in bodies)
                    report(new Finding(Descriptors.ReleaseNotHeld, Keyword(body), "'x'", ""));
            },
            OnProgram = (state, report) =>
            {
                foreach (var tree in state.Compilation.SyntaxTrees)
                    report(new Finding(Descriptors.LockOrderCycle, tree.GetRoot().GetLocation(), "", "", "", ""));
            },
        };
        var found = await run.Build(HostRun.Compile(
            ("a.cs", "partial class C { void A() { lock (this) { } } }"),
            ("a.g.cs", "// <auto-generated/>\npartial class C { void B() { lock (this) { } } }")));

        Assert.All(found, d => Assert.Equal("a.cs", d.Location.SourceTree!.FilePath));
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public async Task EndFindings_AreNotLive()
    {
        var run = new HostRun
        {
            OnProgram = (state, report) => report(new Finding(
                Descriptors.SleepInAtomicAtBuild, state.Compilation.SyntaxTrees.First().GetRoot().GetLocation(), "a", "b", "")),
        };
        var compilation = HostRun.Compile(("a.cs", Locker));

        Assert.Empty(await run.Live(compilation, "a.cs"));
        Assert.Equal("MML4001", Assert.Single(await run.Build(compilation)).Id);
    }

    [Fact]
    public async Task FailureOfOurOwn_SaysWhere()
    {
        var run = new HostRun
        {
            OnType = (_, bodies, _) =>
                AnalysisFailureException.Guard(bodies[0], () => throw new InvalidOperationException("boom")),
        };
        var found = Assert.Single(await run.Build(HostRun.Compile(("a.cs", "\n\n" + Locker))));

        Assert.Equal("AD0001", found.Id);
        Assert.Contains("a.cs(3): in C.M(): InvalidOperationException: boom", found.GetMessage());
    }

    private static PortableExecutableReference Emit(CSharpCompilation library)
    {
        var image = new System.IO.MemoryStream();
        Assert.True(library.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Location Keyword(TypeBody body) => body.Root.DescendantTokens().First(t => t.Text == "lock").GetLocation();

    private static Location Owner(TypeBody body) => body.Owner.Locations[0];
}
