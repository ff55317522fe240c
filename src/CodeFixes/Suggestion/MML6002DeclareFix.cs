using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;

namespace MmLock.CodeFixes.Suggestion;

/// <summary>A contract is inferred and not written down.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML6002DeclareFix)), Shared]
public sealed class MML6002DeclareFix() : LockCodeFix([RuleIds.InferredContract], new DeclareRequirement());
