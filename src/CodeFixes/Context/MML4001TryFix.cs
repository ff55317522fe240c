using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;
using MmLock.CodeFixes.Locks;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Context;

/// <summary>Something sleeps where nothing may.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML4001TryFix)), Shared]
public sealed class MML4001TryFix() : LockCodeFix([RuleIds.SleepInAtomic], new TryInstead(), new MoveOut(), new DeclareEffect());
