using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Held;

/// <summary>A lock is released in another mode than it is held in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2011MatchFix)), Shared]
public sealed class MML2011MatchFix() : LockCodeFix([RuleIds.WrongMode], new MatchMode(), new RemoveCall());
