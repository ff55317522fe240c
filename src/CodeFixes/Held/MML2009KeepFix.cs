using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;
using MmLock.CodeFixes.Contracts;

namespace MmLock.CodeFixes.Held;

/// <summary>The body does not do what its contract says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML2009KeepFix)), Shared]
public sealed class MML2009KeepFix() : LockCodeFix([RuleIds.ContractNotKept], new ReleaseOnExits(), new KeepContract(), new DeclareEffect());
