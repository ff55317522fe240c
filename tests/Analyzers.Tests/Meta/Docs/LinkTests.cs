using System;
using System.IO;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>Every link inside the repository leads somewhere, heading included.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Concat(
            Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Repository.PathOf(), file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadSomewhere(string path)
    {
        var page = MarkdownPage.Read(path);
        Assert.All(
            page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)),
            link => Assert.True(Leads(page, link), link));
    }

    private static bool Leads(MarkdownPage page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
        if (parts.Length == 1)
            return File.Exists(target) || Directory.Exists(target);
        return File.Exists(target) && MarkdownPage.Read(target).Anchors.Contains(parts[1]);
    }
}
