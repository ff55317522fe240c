namespace MmLock.Benchmarks.Scenarios;

/// <summary>The engine alone.</summary>
public class EngineBenchmarks
{
}
