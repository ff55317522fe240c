using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Rcu;

/// <summary>Reader, accessor or grace period are of another flavour than the pointer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML3007MatchFix)), Shared]
public sealed class MML3007MatchFix() : LockCodeFix([RuleIds.RcuFlavourMismatch], new MatchFlavor(), new AcquireAround(), new WaitBeforeFree());
