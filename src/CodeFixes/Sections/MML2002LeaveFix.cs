using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Sections;

/// <summary>Something is done inside a section in which it must not be done: it is done before, after or between.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2002LeaveFix)), Shared]
public sealed class MML2002LeaveFix() : LockCodeFix(
    [RuleIds.ExcludedLockHeld, RuleIds.HeldAcrossSuspension, RuleIds.RcuWaitInReader], new MoveOut());
