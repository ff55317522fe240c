using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using MmLock.Analyzers.Ordering;
using Xunit;

namespace MmLock.Analyzers.Tests.Ordering;

/// <summary>Rings of lock classes: found, shortest, in a stable order, and the same as brute force finds.</summary>
public sealed class CycleFinderTests
{
    [Fact]
    public void OppositeOrders_AreARing() => Assert.Equal(["a>b: a>b b>a", "b>a: b>a a>b"], Rings("a>b", "b>a"));

    [Fact]
    public void ChainWithoutReturn_HasNone() => Assert.Empty(Rings("a>b", "b>c", "a>c"));

    [Fact]
    public void EdgeBesideARing_IsNotOnIt() =>
        Assert.Equal(["a>b: a>b b>c c>a", "b>c: b>c c>a a>b", "c>a: c>a a>b b>c"], Rings("x>a", "a>b", "b>c", "c>a", "c>y"));

    [Fact]
    public void ShorterOfTwoRings_IsTaken() => Assert.Equal("a>b: a>b b>a", Rings("a>b", "b>c", "c>a", "b>a")[0]);

    [Fact]
    public void SpinningReaders_DoNotWait() => Assert.Empty(Rings("a>b.r", "b.r>a"));

    [Fact]
    public void WriterBesideSpinningReaders_Waits() =>
        Assert.Equal(["a>b.r: a>b.r b.w>a", "b.w>a: b.w>a a>b.r"], Rings("a>b.r", "b.r>a", "b.w>a"));

    [Fact]
    public void WalkThatComesTwiceThroughAClass_IsNoRing() =>
        Assert.DoesNotContain(Rings("a>x.r", "x.w>b", "b>x.w", "x.r>a"), r => r.StartsWith("a>x", StringComparison.Ordinal));

    [Fact]
    public void CommonOuterLock_SilencesARing() => Assert.Empty(Rings("a>b under g", "b>a under g"));

    [Fact]
    public void RingAroundTheCommonLock_IsStillFound() => Assert.Equal(
        ["a>b under g: a>b under g b>c c>a", "b>c: b>c c>a a>b under g", "c>a: c>a a>b under g b>c"],
        Rings("a>b under g", "b>a under g", "b>c", "c>a"));

    [Fact]
    public void NestingInOneClass_IsARingOfOne() => Assert.Equal(["a>a: a>a"], Rings("a>a"));

    [Fact]
    public void LongChainOfClasses_IsNoDeepRecursion()
    {
        var edges = Enumerable.Range(0, 100_000).Select(i => new Edge($"c{i}", "", $"c{i + 1}", "", "")).ToList();
        Assert.Empty(Finder().Find(edges));
    }

    [Fact]
    public void ManyEdges_AreQuick()
    {
        var random = new System.Random(1);
        var edges = Enumerable.Range(0, 20_000)
            .Select(_ => (random.Next(5_000), random.Next(5_000)))
            .Select(p => new Edge($"c{Math.Min(p.Item1, p.Item2)}", "", $"c{Math.Max(p.Item1, p.Item2)}", "", ""))
            .Concat(Enumerable.Range(0, 200).Select(i => new Edge($"r{i}", "", $"r{(i + 1) % 200}", "", "")))
            .ToList();
        var watch = Stopwatch.StartNew();
        Assert.Equal(200, Finder().Find(edges).Count(r => r.Ring.Length == 200));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5_000);
    }

    [Fact]
    public void AnyGraph_GivesWhatBruteForceGives() =>
        Prop.ForAll(Graphs(), edges =>
        {
            var found = Finder().Find(edges).ToDictionary(r => r.Edge, r => r.Ring);
            foreach (var edge in edges)
            {
                var shortest = BruteForce([edge], edges).Select(r => (int?)r.Count).Min();
                if (shortest != (found.TryGetValue(edge, out var ring) ? ring.Length : null))
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void AnyRing_IsOne() =>
        Prop.ForAll(Graphs(), edges => Finder().Find(edges).All(r =>
            r.Ring[0] == r.Edge
            && r.Ring.Select(e => e.From).Distinct().Count() == r.Ring.Length
            && r.Ring.Zip([.. r.Ring.Skip(1), r.Ring[0]]).All(p => Waits(p.First, p.Second) && p.First.To == p.Second.From)
            && Counts(r.Ring))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static IEnumerable<List<Edge>> BruteForce(List<Edge> path, IReadOnlyList<Edge> edges)
    {
        var last = path[^1];
        if (last.To == path[0].From)
        {
            if (Waits(last, path[0]) && Counts(path))
                yield return path;
            yield break;
        }

        foreach (var next in edges.Where(e => e.From == last.To && Waits(last, e) && path.All(p => p.From != e.From)))
        {
            foreach (var ring in BruteForce([.. path, next], edges))
                yield return ring;
        }
    }

    private static Arbitrary<Edge[]> Graphs()
    {
        var node = Gen.Elements("a", "b", "c", "d", "e");
        var mode = Gen.Elements("", "", "r", "w");
        var gate = Gen.Elements("", "", "g", "h");
        var edge = node.SelectMany(f => mode.SelectMany(fm => node.SelectMany(t => mode.SelectMany(tm =>
            gate.Select(g => new Edge(f, fm, t, tm, g))))));
        return edge.ListOf().Select(list => list.Distinct().Take(12).ToArray()).ToArbitrary();
    }

    private static string[] Rings(params string[] edges) =>
        Finder().Find(edges.Select(Edge.Parse).ToList())
            .Select(r => $"{r.Edge}: {string.Join(" ", r.Ring)}")
            .ToArray();

    private static CycleFinder<string, Edge> Finder() => new(e => e.From, e => e.To, Waits, Counts);

    private static bool Waits(Edge taken, Edge held) => taken.ToMode != "r" || held.FromMode != "r";

    private static bool Counts(IReadOnlyList<Edge> ring) => ring[0].Gate == "" || ring.Any(e => e.Gate != ring[0].Gate);

    private sealed record Edge(string From, string FromMode, string To, string ToMode, string Gate)
    {
        public static Edge Parse(string text)
        {
            var gated = text.Split(" under ");
            var ends = gated[0].Split('>').Select(e => e.Split('.')).ToArray();
            return new Edge(ends[0][0], ends[0].ElementAtOrDefault(1) ?? "", ends[1][0], ends[1].ElementAtOrDefault(1) ?? "",
                gated.ElementAtOrDefault(1) ?? "");
        }

        public override string ToString() => $"{End(From, FromMode)}>{End(To, ToMode)}{(Gate == "" ? "" : " under " + Gate)}";

        private static string End(string name, string mode) => mode == "" ? name : name + "." + mode;
    }
}
