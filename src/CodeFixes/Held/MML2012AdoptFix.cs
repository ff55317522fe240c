using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;

namespace MmLock.CodeFixes.Held;

/// <summary>An override demands more than its base, or promises less.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2012AdoptFix)), Shared]
public sealed class MML2012AdoptFix() : LockCodeFix([RuleIds.OverrideContract], new AdoptContract(), new CallUnderLock());
