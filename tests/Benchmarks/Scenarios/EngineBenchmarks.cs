using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>The engine's inner operations alone, and one body with locks.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private readonly ValueTable _values = new();
    private readonly World _one = new();
    private readonly World _other = new();
    private Value _round = null!;
    private Value _roundBefore = null!;

    /// <summary>How many variables and facts the worlds have.</summary>
    [Params(4, 32)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var receiver = _values.This(null);
        for (int i = 0; i < Size; i++)
        {
            var place = _values.LocalPlace(Symbol(i), null);
            var value = _values.Phi(i, place, null);
            _one.Env = _one.Env.Set(place, value);
            _other.Env = _other.Env.Set(place, i % 2 == 0 ? value : _values.Constant(i));
            _one.Facts = _one.Facts.Set(value, Knowledge.NotNull);
            _other.Facts = _other.Facts.Set(value, i % 3 == 0 ? Knowledge.IsNull : Knowledge.NotNull);
        }

        _one.SetHeld(Held.Once(Capability.OfLock(receiver, LockType.Monitor, null, "this"), LockMode.Exclusive, HeldReason.Taken, null));
        _other.Held = _one.Held;
        _round = _values.Phi(Size / 2, _values.LocalPlace(Symbol(Size / 2), null), null);
        _roundBefore = _values.Previous(_round);
    }

    [Benchmark]
    public object Clone() => _one.Clone();

    [Benchmark]
    public object JoinOfDifferent() => WorldJoin.Join(_one, _other, _values, 7);

    [Benchmark]
    public object JoinOfAlike() => WorldJoin.Join(_one, _one.Clone(), _values, 7);

    [Benchmark]
    public bool Key() => WorldKey.Comparer.Equals(_one, _other);

    [Benchmark]
    public object Rename()
    {
        var world = _one.Clone();
        WorldRenaming.Rename(world, Replacements.Of(_round, _roundBefore), _values);
        return world;
    }

    private static readonly INamedTypeSymbol Symbols = InProcess.Compile(
        Corpus.Of("symbols", "class S { int f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, "
            + "f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31, f32; }")).GetTypeByMetadataName("S")!;

    private static ISymbol Symbol(int i) => Symbols.GetMembers("f" + i)[0];
}
