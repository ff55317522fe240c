using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>
/// The verifier of one analyzer, with one-line calls. A test class names it once:
/// <c>using Verify = MmLock.Verification.LockVerifier&lt;SomeAnalyzer&gt;;</c>.
/// </summary>
/// <typeparam name="TAnalyzer">The analyzer under test.</typeparam>
public sealed record LockVerifier<TAnalyzer> : LockVerifier
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>A verifier to be told more by its properties.</summary>
    public LockVerifier()
        : base(new TAnalyzer())
    {
    }

    /// <summary>A finding to be described: <c>Verify.Finding("MML1001").At(0).Saying("LruLock")</c>.</summary>
    public static ExpectedFinding Finding(string id) => new(id);

    /// <summary>The marks of the source, and of further files, are exactly what is found.</summary>
    public static Task Marked(string source, params string[] more) => new LockVerifier<TAnalyzer>().Check(source, more);

    /// <summary>The findings described, and those marked without a number, are exactly what is found.</summary>
    public static Task Spans(string source, params ExpectedFinding[] expected)
        => new LockVerifier<TAnalyzer> { Expected = expected }.Check(source);
}
