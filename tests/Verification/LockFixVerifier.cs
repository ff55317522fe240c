using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmLock.Verification;

/// <summary>
/// Holds a fix against marked input and the text that it must become. The marks of the fixed text say which findings
/// remain; new compiler errors are findings.
/// </summary>
public record LockFixVerifier : LockVerifier
{
    /// <summary>A verifier of this fix for findings of these analyzers.</summary>
    public LockFixVerifier(CodeFixProvider fix, params IEnumerable<DiagnosticAnalyzer> analyzers)
        : base(analyzers)
    {
        Fix = fix;
        Reruns = Reruns.None;
    }

    /// <summary>The fix under test.</summary>
    public CodeFixProvider Fix { get; }

    /// <summary>The files that the fix changes or adds. Every other file must stay as it is.</summary>
    public IReadOnlyList<SourceFile> FixedFiles { get; init; } = [];

    /// <summary>What fix-all makes of them, where that is not the same.</summary>
    public IReadOnlyList<SourceFile>? BatchFixedFiles { get; init; }

    /// <summary>The equivalence key of the action to apply. Better than <see cref="Index"/>: it survives new actions.</summary>
    public string? Key { get; init; }

    /// <summary>Which of the actions offered to apply, nested ones counted in place of their parent.</summary>
    public int Index { get; init; }

    /// <summary>The title that the applied action must have.</summary>
    public string? Title { get; init; }

    /// <summary>How often the fix is applied until nothing is left for it. Left out: at most once for each finding.</summary>
    public int? Rounds { get; init; }

    /// <summary>How often fix-all goes over each document, project or solution.</summary>
    public int FixAllRounds { get; init; } = 1;

    /// <summary>What else is looked at.</summary>
    public FixChecks Checks { get; init; } = FixChecks.All;

    /// <summary>Holds the fix against a source and what it becomes.</summary>
    public Task CheckFix(string source, string fixedSource) => CheckFix([source], [fixedSource]);

    /// <summary>Holds the fix against sources and what they become, one by one.</summary>
    public Task CheckFix(IEnumerable<string> sources, IEnumerable<string> fixedSources)
        => (this with { Files = Named(sources), FixedFiles = Named(fixedSources) }).CheckFix();

    /// <summary>Holds the fix against <see cref="LockVerifier.Files"/> and <see cref="FixedFiles"/>.</summary>
    /// <exception cref="VerificationException">Something is not as the test says.</exception>
    public Task CheckFix() => FixRun.Check(this);
}
