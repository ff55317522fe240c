using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>
/// The tables in the pages are those written from the descriptors and from the table of .NET. <c>MMLOCK_WRITE_DOCS=1</c> writes
/// them instead.
/// </summary>
public sealed class GeneratedTableTests
{
    [Fact]
    public void Index_IsWrittenFromTheDescriptors() => Hold(RuleTables.Index, "rules", "docs", "README.md");

    [Fact]
    public void Readme_IsWrittenFromTheDescriptors() => Hold(RuleTables.Families, "rules", "README.md");

    [Fact]
    public void DotNetPage_IsWrittenFromTheTable()
    {
        Hold(DotNetTables.Locks, "locks", "docs", "dotnet-locks.md");
        Hold(DotNetTables.Calls, "calls", "docs", "dotnet-locks.md");
        Hold(DotNetTables.Mutators, "mutators", "docs", "dotnet-locks.md");
    }

    private static void Hold(IEnumerable<string> table, string name, params string[] file)
    {
        var page = MarkdownPage.Read(file);
        if (Environment.GetEnvironmentVariable("MMLOCK_WRITE_DOCS") == "1")
        {
            IEnumerable<string> lines =
            [
                .. page.Lines.TakeWhile(line => line != $"<!-- {name} -->"), $"<!-- {name} -->", .. table,
                .. page.Lines.SkipWhile(line => line != $"<!-- /{name} -->"),
            ];
            File.WriteAllText(page.Path, string.Join("\n", lines) + "\n");
            return;
        }

        Assert.Equal(table, page.Between(name));
    }
}
