using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Turns names in annotations into <c>nameof</c>.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(UseNameOfRefactoring)), Shared]
public sealed class UseNameOfRefactoring() : LockRefactoring(new UseNameOf());
