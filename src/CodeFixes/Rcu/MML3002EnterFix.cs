using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;
using MmLock.CodeFixes.Locks;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Rcu;

/// <summary>An RCU pointer is dereferenced outside a reader.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML3002EnterFix)), Shared]
public sealed class MML3002EnterFix() : LockCodeFix([RuleIds.RcuDereferenceUnprotected], new AcquireAround(), new AcquireOutside(), new DeclareRequirement());
