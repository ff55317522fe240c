using System;
using System.Composition;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.CodeFixes.Tests;

/// <summary>Hosts find fixes by their exports; a fix that is not exported is never missed by anybody.</summary>
public class FixDeclarationTests
{
    private static readonly Type[] Fixes =
    [
        .. Assembly.Load("MmLock.CodeFixes").GetTypes().Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type)),
    ];

    private static readonly string[] KnownIds =
    [
        .. new LockFlowAnalyzer().SupportedDiagnostics.Concat(new DeclarationAnalyzer().SupportedDiagnostics).Select(rule => rule.Id).Distinct(),
    ];

    [Fact]
    public void EveryFixIsExportedForCSharpAndShared() => Assert.All(Fixes, fix =>
    {
        Assert.True(fix.IsPublic && fix.IsSealed);
        Assert.Equal([LanguageNames.CSharp], fix.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages ?? []);
        Assert.Equal(fix.Name, fix.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Name);
        Assert.NotNull(fix.GetCustomAttribute<SharedAttribute>());
    });

    [Fact]
    public void EveryFixIsForRulesThatAreThere() => Assert.All(Fixes, fix =>
    {
        var ids = Provider(fix).FixableDiagnosticIds;
        Assert.NotEmpty(ids);
        Assert.Subset(KnownIds.ToHashSet(), ids.ToHashSet());
        Assert.StartsWith(ids[0], fix.Name, StringComparison.Ordinal);
        Assert.EndsWith("Fix", fix.Name, StringComparison.Ordinal);
    });

    [Fact]
    public void NoRuleHasTwoFixes() => Assert.Empty(
        Fixes.SelectMany(fix => Provider(fix).FixableDiagnosticIds).GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void EveryFixFixesAllInEveryScope() => Assert.All(
        Fixes, fix => Assert.Empty(
            new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }.Except(
                Provider(fix).GetFixAllProvider()!.GetSupportedFixAllScopes())));

    [Fact]
    public void EveryFixHasTests() => Assert.Empty(
        Fixes.Select(fix => fix.Name + "Tests").Except(typeof(FixDeclarationTests).Assembly.GetTypes().Select(type => type.Name)));

    [Fact]
    public void KeysAreDistinct()
    {
        var keys = typeof(FixKeys).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(keys.Distinct(), keys);
        Assert.All(keys, key => Assert.StartsWith("MmLock.", key, StringComparison.Ordinal));
    }

    private static CodeFixProvider Provider(Type fix) => (CodeFixProvider)Activator.CreateInstance(fix)!;
}
