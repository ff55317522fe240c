using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;
using MmLock.CodeFixes.Held;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Order;

/// <summary>A lock is taken twice, or released without being held.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML1004RemoveFix)), Shared]
public sealed class MML1004RemoveFix() : LockCodeFix([RuleIds.DoubleAcquire, RuleIds.ReleaseNotHeld], new RemoveCall(), new AskOutcome(), new ReleaseBehindLoop(), new BalanceAtJump(), new RememberHeld(), new DropCondition(), new MoveOut(), new DeclareEffect());
