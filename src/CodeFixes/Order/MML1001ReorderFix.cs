using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;
using MmLock.CodeFixes.Sections;

namespace MmLock.CodeFixes.Order;

/// <summary>Two locks are taken against the declared order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML1001ReorderFix)), Shared]
public sealed class MML1001ReorderFix() : LockCodeFix([RuleIds.LockOrderViolation], new SwapAcquisitions(), new MoveOut(), new RequireInstead());
