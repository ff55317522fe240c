using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>
/// The verifier of one fix, with one-line calls. A test class names it once:
/// <c>using Verify = MmLock.Verification.LockFixVerifier&lt;SomeAnalyzer, SomeFix&gt;;</c>.
/// </summary>
/// <typeparam name="TAnalyzer">The analyzer whose findings are fixed.</typeparam>
/// <typeparam name="TFix">The fix under test.</typeparam>
public sealed record LockFixVerifier<TAnalyzer, TFix> : LockFixVerifier
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>A verifier to be told more by its properties.</summary>
    public LockFixVerifier()
        : base(new TFix(), new TAnalyzer())
    {
    }

    /// <summary>The fix turns the source into the fixed source.</summary>
    public static Task Fixes(string source, string fixedSource) => new LockFixVerifier<TAnalyzer, TFix>().CheckFix(source, fixedSource);

    /// <summary>The fix of this key turns the source into the fixed source.</summary>
    public static Task Fixes(string key, string source, string fixedSource)
        => new LockFixVerifier<TAnalyzer, TFix> { Key = key }.CheckFix(source, fixedSource);

    /// <summary>The findings marked are found, and no fix is offered for any.</summary>
    public static Task NoFix(string source) => new LockFixVerifier<TAnalyzer, TFix>().CheckFix(source, source);
}
