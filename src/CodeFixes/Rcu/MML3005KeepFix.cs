using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Rcu;

/// <summary>What a reader found leaves it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML3005KeepFix)), Shared]
public sealed class MML3005KeepFix() : LockCodeFix([RuleIds.RcuPointerEscapes], new TakeReference(), new ReadInside());
