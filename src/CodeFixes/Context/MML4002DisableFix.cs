using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Locks;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Context;

/// <summary>Interrupts are on where they must be off.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML4002DisableFix)), Shared]
public sealed class MML4002DisableFix() : LockCodeFix([RuleIds.IrqUnsafeAcquire, RuleIds.IrqEnabledInside], new TakeWithInterruptsOff(), new DisableAround(), new MoveOut());
