using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta.Docs;

/// <summary>
/// What pages show is true: each block compiles, what is shown as wrong is reported where its marks say, and what is shown
/// as right is silent. A rule that is off by default runs on its own page alone.
/// </summary>
public sealed class CodeBlockTests
{
    public static TheoryData<string> Ids => [.. RuleTable.Rows.Select(row => row.Id)];

    /// <summary>Every block of every guide, by its number in the page.</summary>
    public static TheoryData<string, int> Guides =>
    [
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md")
            .Select(file => Path.GetFileName(file))
            .Order()
            .SelectMany(name => MarkdownPage.Read("docs", name).CSharp.Select((_, index) => (name, index + 1))),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Wrong_IsReportedWhereMarked(string id)
    {
        var blocks = MarkdownPage.Read("docs", "rules", id + ".md").CSharp.Where(block => block.Section == "Wrong").ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            Assert.Contains($"//~ {id}", block.Text);
            await Check(block, id);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Right_IsSilent(string id)
    {
        var blocks = MarkdownPage.Read("docs", "rules", id + ".md").CSharp.Where(block => block.Section == "Right").ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            Assert.DoesNotContain("//~", block.Text);
            await Check(block, id);
        }
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Guide_IsSilent(string name, int number)
    {
        var block = MarkdownPage.Read("docs", name).CSharp.ElementAt(number - 1);
        Assert.DoesNotContain("//~", block.Text);
        await Check(block);
    }

    [Fact]
    public void RulePages_HaveNoBlocksElsewhere() => Assert.All(RuleTable.Rows, row => Assert.All(
        MarkdownPage.Read("docs", "rules", row.Id + ".md").CSharp,
        block => Assert.Contains(block.Section, new[] { "Wrong", "Right" })));

    private static async Task Check(CodeBlock block, params string[] enabled)
    {
        try
        {
            var verifier = new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer())
            {
                Enable = enabled,
                Reruns = Reruns.Live,
            };
            await verifier.Check(block.Text);
        }
        catch (VerificationException e)
        {
            Assert.Fail($"The block at line {block.Line}:{Environment.NewLine}{e.Message}");
        }
    }
}
