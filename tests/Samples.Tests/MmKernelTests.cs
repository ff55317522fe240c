using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Samples.Tests;

public sealed class MmKernelTests
{
    [Fact]
    public Task Model_ReportsNothing() => new LockVerifier(new LockFlowAnalyzer(), new DeclarationAnalyzer())
    {
        Files = Sources.Of("MmKernel"),
        OutputKind = OutputKind.ConsoleApplication,
    }.Check();
}
