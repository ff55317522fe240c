using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Context;

/// <summary>Another interrupt state is restored than was saved.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML4004RestoreFix)), Shared]
public sealed class MML4004RestoreFix() : LockCodeFix([RuleIds.IrqStateMismatch], new MatchSavedFlags());
