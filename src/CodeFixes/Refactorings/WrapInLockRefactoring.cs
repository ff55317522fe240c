using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Wraps the selection in a lock.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(WrapInLockRefactoring)), Shared]
public sealed class WrapInLockRefactoring() : LockRefactoring(new WrapInLock());
