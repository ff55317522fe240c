using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MmLock.Package.Tests.Tooling;
using Xunit;

namespace MmLock.Package.Tests;

/// <summary>
/// Someone with the README and nothing else: a new project, the package, the README's file. It fails as the README says,
/// the repair from the command line makes of it what the README shows, and the build passes.
/// </summary>
public sealed partial class StrangerTests(PackedProduct product)
{
    [Fact]
    public async Task Readme_IsTrue()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken);
        var code = CSharp().Matches(readme).Select(match => match.Groups[1].Value).ToList();
        var said = Finding().Matches(readme).Select(match => match.Value).ToList();
        Assert.Equal((2, 2), (code.Count, said.Count));

        var folder = Path.Combine(product.Folder, "stranger");
        var project = Path.Combine(folder, "Demo");
        var file = Path.Combine(project, "Ledger.cs");
        Directory.CreateDirectory(folder);
        (await product.Dotnet.Run(folder, "new", "classlib", "-n", "Demo", "--no-restore")).MustSucceed();
        File.Delete(Path.Combine(project, "Class1.cs"));
        await File.WriteAllTextAsync(file, code[0], TestContext.Current.CancellationToken);
        (await product.Dotnet.Run(project, "add", "package", PackedProduct.Id, "--version", product.Version)).MustSucceed();

        var first = await product.Dotnet.Run(project, "build", "-v:q");
        Assert.NotEqual(0, first.ExitCode);
        Assert.All(said, line => Assert.Contains(line, first.Output, StringComparison.Ordinal));

        (await product.Dotnet.Run(project, "format", "analyzers", "--no-restore")).MustSucceed();
        Assert.Equal(code[1], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        (await product.Dotnet.Run(project, "build", "-v:q", "--no-restore")).MustSucceed();
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"^Ledger\.cs\(\d+,\d+\): .*$", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
