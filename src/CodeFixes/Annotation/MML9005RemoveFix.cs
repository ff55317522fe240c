using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Annotation;

/// <summary>Two annotations contradict each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML9005RemoveFix)), Shared]
public sealed class MML9005RemoveFix() : LockCodeFix([RuleIds.ContradictoryContract], new RemoveContradiction());
