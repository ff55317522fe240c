using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using MmLock.Analyzers.Tests.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>All rules together over code that nobody would write, or that somebody is writing just now: never AD0001.</summary>
public sealed class RobustnessTests
{
    private const string Sample = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading;
            using System.Threading.Tasks; using MmLock;
        [assembly: LockHierarchy("page\n  lru_lock  # spins\n    lruvec or C.Gate")]
        [assembly: ExternalContract("M:System.Console.WriteLine", "MustNotHold(@lru_lock)")]
        [LockType(LockKind.Spin)]
        public sealed class Spin
        {
            [Acquires] public void Lock() { } [Releases] public void Unlock() { }
                [TryAcquires] public bool TryLock() => true;
            [Acquires, SavesIrq("flags")] public void LockIrqsave(out ulong flags) { flags = 0; }
            [Releases, RestoresIrq("flags")] public void UnlockIrqrestore(ulong flags) { }
            [Acquires("this")] public Held Enter() => new(this);
        }
        [ScopedLock] public ref struct Held { Spin s; public Held(Spin spin) { s = spin; } public void Dispose() { } }
        [RefCounted] public class Page { [AcquiresRef] public void Get() { } [ReleasesRef] public void Put() { }
            public Lruvec Owner; public int Flags; }
        public class Lruvec { [LockClass("lru_lock")] public readonly Spin LruLock = new();
            [GuardedBy("LruLock")] public int Size; [GuardedBy("LruLock")] public List<Page> Pages = []; }
        public partial class C(object outer) : IDisposable
        {
            readonly object Gate = new(); [GuardedBy("Gate")] int count; [StableUnder("Gate", "@rcu")] Page page;
                [RcuGuarded("@rcu")] Page slot;
            [RcuAccessor(RcuRole.Dereference)] static T Deref<T>(ref T x) => x;
            event Action E { add { lock (Gate) { count++; } } remove { } }
            public int Count { get { lock (Gate) return count; } set { Monitor.Enter(Gate); try { count = value; }
                finally { Monitor.Exit(Gate); } } }
            public void Relock(IEnumerable<Page> batch)
            {
                Lruvec locked = null;
                foreach (var p in batch)
                {
                    var lruvec = p?.Owner ?? new Lruvec();
                    if (lruvec != locked) { if (locked != null) locked.LruLock.Unlock(); locked = lruvec;
                        locked.LruLock.Lock(); }
                    lruvec.Size += p is { Flags: > 3 } and { Owner: not null } ? 1 : (int)p?.Flags;
                    lruvec.Pages.Add(p);
                }
                if (locked != null) locked.LruLock.Unlock();
            }
            [MustHold("v.LruLock"), Drops("v.LruLock")] private void Drop(Lruvec v) { v.LruLock.Unlock();
                v.LruLock.Lock(); }
            public async Task Wait(SemaphoreSlim s, CancellationToken t) { await s.WaitAsync(t); try {
                await Task.Yield(); } catch (Exception e) when (e is not null) { throw; } finally { s.Release(); } }
            public IEnumerable<int> Items() { lock (Gate) { yield return count; } for (;;) {
                if (Monitor.TryEnter(Gate, 3)) { Monitor.Exit(Gate); yield break; } } }
            public void Try(Spin a, Spin b) { a.LockIrqsave(out var f); bool taken = b.TryLock(); again: if (!taken) {
                goto again; } switch (taken) { case true when Count > 3: b.Unlock(); break; case false: goto default;
                default: break; } a.UnlockIrqrestore(f); }
            public void Use(Spin a) { using (a.Enter()) { Drop(null); } using var h = a.Enter(); Action x = () => {
                lock (Gate) x2(); }; void x2() { ref var r = ref count; r = 1; (count, r) = (r, count); } x(); }
            ~C() { Dispose(); }
            public void Dispose() { unsafe { int* q = stackalloc int[3]; q[0] = count; }
            var s = $"{count} {Deref(ref slot)?.Flags}"; List<int> l = [count, .. Items()]; }
            class N<T> where T : new() { [MustHold("this")] T M(dynamic d, params T[] ts) { lock (d.x) {
                return ts switch { [var t, ..] => t, _ => new() }; } } }
        }
        """;

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, 8)];

    [Fact]
    public async Task Sample_IsAnalysed()
    {
        Assert.Empty(HostRun.Compile(("a.cs", Sample))
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Empty(await Failures("whole", Sample));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task DeletedTokens_NeverThrow(int part)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Sample, cancellationToken: cancellation);
        var tokens = (await tree.GetRootAsync(cancellation)).DescendantTokens().ToList();
        for (var i = part; i < tokens.Count; i += Parts.Count * 6)
        {
            var span = tokens[i].Span;
            Assert.Empty(await Failures($"without '{tokens[i]}' at {span}", Sample.Remove(span.Start, span.Length)));
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task HalfTypedText_NeverThrows(int part)
    {
        for (var length = 100 + (part * 197); length < Sample.Length; length += Parts.Count * 197)
            Assert.Empty(await Failures($"cut at {length}", Sample[..length]));
    }

    private static async Task<IReadOnlyList<string>> Failures(string story, string text)
    {
        var analyzers = typeof(LockFlowAnalyzer).Assembly.GetTypes()
            .Where(t => typeof(DiagnosticAnalyzer).IsAssignableFrom(t) && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)
            .ToImmutableArray();
        var found = await HostRun.Compile(("a.cs", text))
            .WithAnalyzers(analyzers)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Where(d => d.Id == "AD0001").Select(d => $"{story}: {d.GetMessage()}")];
    }
}
