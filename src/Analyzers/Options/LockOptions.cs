using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Analyzers.Options;

/// <summary>The <c>mmlock.*</c> keys of <c>.editorconfig</c> and <c>.globalconfig</c>, as they hold for one file.</summary>
/// <param name="StrictDotNetLocks">Plain .NET locks are judged without the mercy of the contract's section 6.</param>
/// <param name="InferPrivateContracts">Private members without a contract get an inferred precondition.</param>
/// <param name="MergedRcuFlavours">The classic flavours are one, as in kernels since v4.20.</param>
internal sealed record LockOptions(bool StrictDotNetLocks, bool InferPrivateContracts, bool MergedRcuFlavours)
{
    public const string StrictDotNetLocksKey = "mmlock.strict_dotnet_locks";
    public const string InferPrivateContractsKey = "mmlock.infer_private_contracts";
    public const string RcuFlavoursKey = "mmlock.rcu_flavours";

    /// <summary>What holds where nothing is configured.</summary>
    public static LockOptions Default { get; } = new(false, true, false);

    /// <summary>The options of one file: its editorconfig sections over the global ones.</summary>
    public static LockOptions For(SyntaxTree tree, AnalyzerConfigOptionsProvider provider) => Read(provider.GetOptions(tree));

    /// <summary>Options from plain keys; a value that says nothing known counts as absent.</summary>
    public static LockOptions Read(AnalyzerConfigOptions options) => new(
        Flag(options, StrictDotNetLocksKey, Default.StrictDotNetLocks),
        Flag(options, InferPrivateContractsKey, Default.InferPrivateContracts),
        Word(options, RcuFlavoursKey) switch
        {
            "merged" => true,
            "split" => false,
            _ => Default.MergedRcuFlavours,
        });

    private static bool Flag(AnalyzerConfigOptions options, string key, bool fallback) => Word(options, key) switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => fallback,
    };

    private static string? Word(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out var value) ? value.Trim().Trim('"').ToLowerInvariant() : null;
}
