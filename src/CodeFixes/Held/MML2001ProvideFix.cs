using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;
using MmLock.CodeFixes.Locks;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Held;

/// <summary>A lock is missing: take it around the place, or require it from the callers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2001ProvideFix)), Shared]
public sealed class MML2001ProvideFix() : LockCodeFix(
    [RuleIds.RequiredLockNotHeld, RuleIds.GuardedReadUnlocked, RuleIds.GuardedWriteUnlocked, RuleIds.RcuUpdateUnlocked],
    new MatchMode(), new AcquireAround(), new ReadBefore(), new MoveInto(), new AcquireOutside(), new DropCondition(), new RememberHeld(), new ReleaseBehindLoop(), new DeclareRequirement());
