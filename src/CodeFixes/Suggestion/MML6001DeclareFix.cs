using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Suggestion;

/// <summary>A guard is observed and not written down.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML6001DeclareFix)), Shared]
public sealed class MML6001DeclareFix() : LockCodeFix([RuleIds.InferredGuard], new WriteDownGuard());
