using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Ref;

/// <summary>The last owner of a reference goes without putting it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MML5003PutFix)), Shared]
public sealed class MML5003PutFix() : LockCodeFix([RuleIds.ReferenceLeak], new PutOnExits());
