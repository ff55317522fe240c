using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>
/// The tables of rules are those written from the descriptors. <c>MMLOCK_WRITE_DOCS=1</c> writes them instead.
/// </summary>
public sealed class GeneratedTableTests
{
    [Fact]
    public void Index_IsWrittenFromTheDescriptors() => Hold(RuleTables.Index, "docs", "README.md");

    [Fact]
    public void Readme_IsWrittenFromTheDescriptors() => Hold(RuleTables.Families, "README.md");

    private static void Hold(IEnumerable<string> table, params string[] file)
    {
        var page = MarkdownPage.Read(file);
        if (Environment.GetEnvironmentVariable("MMLOCK_WRITE_DOCS") == "1")
        {
            IEnumerable<string> lines =
            [
                .. page.Lines.TakeWhile(line => line != "<!-- rules -->"), "<!-- rules -->", .. table,
                .. page.Lines.SkipWhile(line => line != "<!-- /rules -->"),
            ];
            File.WriteAllText(page.Path, string.Join("\n", lines) + "\n");
            return;
        }

        Assert.Equal(table, page.Between("rules"));
    }
}
