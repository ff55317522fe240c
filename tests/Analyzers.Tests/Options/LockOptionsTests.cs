using System.Collections.Generic;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Options;
using Xunit;

namespace MmLock.Analyzers.Tests.Options;

/// <summary>What the keys of the configuration say, and what becomes of values that say nothing.</summary>
public sealed class LockOptionsTests
{
    [Fact]
    public void NothingConfigured_IsTheDefault() => Assert.Equal(new LockOptions(false, true, false), LockOptions.Read(new Keys()));

    [Theory]
    [InlineData("true", true)]
    [InlineData(" TRUE ", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("maybe", false)]
    [InlineData("", false)]
    public void StrictDotNetLocks_IsAFlag(string value, bool expected) =>
        Assert.Equal(expected, LockOptions.Read(new Keys { ["mmlock.strict_dotnet_locks"] = value }).StrictDotNetLocks);

    [Theory]
    [InlineData("false", false)]
    [InlineData("nonsense", true)]
    public void InferPrivateContracts_IsOnUnlessSwitchedOff(string value, bool expected) =>
        Assert.Equal(expected, LockOptions.Read(new Keys { ["mmlock.infer_private_contracts"] = value }).InferPrivateContracts);

    [Theory]
    [InlineData("merged", true)]
    [InlineData("Merged", true)]
    [InlineData("split", false)]
    [InlineData("both", false)]
    public void RcuFlavours_AreSplitUnlessMerged(string value, bool expected) =>
        Assert.Equal(expected, LockOptions.Read(new Keys { ["mmlock.rcu_flavours"] = value }).MergedRcuFlavours);

    private sealed class Keys : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> _values = new(KeyComparer);

        public string this[string key]
        {
            set => _values[key] = value;
        }

#nullable disable // The attribute that this needs is there twice: the analyzers bring their own for netstandard2.0.
        public override bool TryGetValue(string key, out string value) => _values.TryGetValue(key, out value);
#nullable restore
    }
}
