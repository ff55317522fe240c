using System;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>The small form for CI.</summary>
internal static class Guard
{
    public static int Run() => throw new NotImplementedException();
}
