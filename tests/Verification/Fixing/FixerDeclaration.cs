using System.Composition;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmLock.Verification;

/// <summary>Whether a host would find the fix: hosts look for exported types, not for the class that a test names.</summary>
internal static class FixerDeclaration
{
    public static void Check(LockFixVerifier settings)
    {
        var type = settings.Fix.GetType();
        var export = type.GetCustomAttribute<ExportCodeFixProviderAttribute>()
            ?? throw new VerificationException($"{type.Name} is not exported: no host would find it");
        if (!export.Languages.Contains(LanguageNames.CSharp))
            throw new VerificationException($"{type.Name} is not exported for C#");
        if (type.GetCustomAttribute<SharedAttribute>() is null)
            throw new VerificationException($"{type.Name} is not [Shared]: hosts would make one for every question");
        if (!type.IsPublic || type.GetConstructor([]) is null)
            throw new VerificationException($"{type.Name} is not public with a public constructor without parameters");
        if (!settings.Fix.FixableDiagnosticIds.Intersect(settings.Rules.Select(rule => rule.Id)).Any())
            throw new VerificationException($"{type.Name} fixes no rule of the analyzers under test");
        if (!settings.Checks.HasFlag(FixChecks.FixAll))
            return;
        var scopes = settings.Fix.GetFixAllProvider()?.GetSupportedFixAllScopes()
            ?? throw new VerificationException($"{type.Name} has no fix-all provider: dotnet format cannot apply it");
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
            if (!scopes.Contains(scope))
                throw new VerificationException($"{type.Name} does not fix all in a {scope}");
    }
}
