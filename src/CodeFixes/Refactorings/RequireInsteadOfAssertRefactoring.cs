using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>Turns assertions at the top of a method into <c>[MustHold]</c>.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(RequireInsteadOfAssertRefactoring)), Shared]
public sealed class RequireInsteadOfAssertRefactoring() : LockRefactoring(new RequireInsteadOfAssert());
