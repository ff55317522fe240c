using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;

namespace MmLock.CodeFixes.Held;

/// <summary>A lock is still held where the method is left.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2006ReleaseFix)), Shared]
public sealed class MML2006ReleaseFix() : LockCodeFix([RuleIds.HeldAtExit, RuleIds.HeldOnException], new DropCondition(), new ReleaseOnExits(), new BalanceAtJump(), new RememberHeld(), new DeclareEffect());
