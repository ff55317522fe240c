using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Turns lock and unlock into a scoped guard, and back.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ChangeLockFormRefactoring)), Shared]
public sealed class ChangeLockFormRefactoring() : LockRefactoring(new ChangeLockForm());
