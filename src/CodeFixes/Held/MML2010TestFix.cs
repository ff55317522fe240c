using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>Nobody looks at the outcome of a try.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2010TestFix)), Shared]
public sealed class MML2010TestFix() : LockCodeFix([RuleIds.TryAcquireIgnored], new TestOutcome());
