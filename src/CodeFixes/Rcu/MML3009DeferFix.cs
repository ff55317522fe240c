using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Rcu;

/// <summary>An object that readers may use is freed at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML3009DeferFix)), Shared]
public sealed class MML3009DeferFix() : LockCodeFix([RuleIds.RcuFreeWithoutGracePeriod], new WaitBeforeFree());
