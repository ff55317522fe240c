using System.Composition;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace MmLock.CodeFixes.Tests;

/// <summary>Hosts find fixes by their exports; a fix that is not exported is never missed by anybody.</summary>
public class FixDeclarationTests
{
    private static readonly System.Type[] Fixes =
    [
        .. Assembly.Load("MmLock.CodeFixes").GetTypes().Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type)),
    ];

    [Fact]
    public void EveryFixIsExportedForCSharpAndShared() => Assert.All(Fixes, fix =>
    {
        Assert.True(fix.IsPublic && fix.IsSealed);
        Assert.Equal([LanguageNames.CSharp], fix.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages ?? []);
        Assert.NotNull(fix.GetCustomAttribute<SharedAttribute>());
    });
}
