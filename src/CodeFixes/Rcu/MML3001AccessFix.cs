using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Rcu;

/// <summary>An RCU pointer is touched without the accessor that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML3001AccessFix)), Shared]
public sealed class MML3001AccessFix() : LockCodeFix([RuleIds.RcuPlainRead, RuleIds.RcuPlainWrite, RuleIds.RcuPeekFollowed], new UseAccessor());
