using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Annotation;

/// <summary>A lock expression or class names nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML9001CorrectFix)), Shared]
public sealed class MML9001CorrectFix() : LockCodeFix([RuleIds.BadLockExpression, RuleIds.UnknownLockClass], new CorrectName(), new RemoveUnknown());
