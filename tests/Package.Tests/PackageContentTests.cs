using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using MmLock.Package.Tests.Tooling;
using Xunit;

namespace MmLock.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
public sealed class PackageContentTests(PackedProduct product)
{
    [Fact]
    public void Files_AreThese() => Assert.Equal(
        [
            "MmLock.Analyzers.nuspec",
            "README.md",
            "analyzers/dotnet/cs/MmLock.Analyzers.dll",
            "analyzers/dotnet/cs/MmLock.CodeFixes.dll",
            "buildTransitive/MmLock.Analyzers.props",
            "buildTransitive/MmLock.Analyzers.targets",
            "buildTransitive/config/dotnet.globalconfig",
            "buildTransitive/config/model.globalconfig",
            "buildTransitive/config/off.globalconfig",
            "lib/netstandard2.0/MmLock.Annotations.dll",
            "lib/netstandard2.0/MmLock.Annotations.xml",
        ],
        Directory.GetFiles(product.Unpacked, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(product.Unpacked, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal)
                && !path.StartsWith("package/", StringComparison.Ordinal)
                && path != "[Content_Types].xml")
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Manifest_AsksForNothing()
    {
        var metadata = XDocument.Load(Path.Combine(product.Unpacked, "MmLock.Analyzers.nuspec")).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(PackedProduct.Id, Value("id"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Null(Value("developmentDependency"));
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Theory]
    [InlineData("analyzers/dotnet/cs/MmLock.Analyzers.dll")]
    [InlineData("analyzers/dotnet/cs/MmLock.CodeFixes.dll")]
    [InlineData("lib/netstandard2.0/MmLock.Annotations.dll")]
    public void Symbols_AreInside(string path)
    {
        using var file = File.OpenRead(Path.Combine(product.Unpacked, path));
        using var image = new PEReader(file);
        Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    }

    [Theory]
    [InlineData("MmLock.Analyzers.dll")]
    [InlineData("MmLock.CodeFixes.dll")]
    public void Roslyn_IsTheFloor(string name)
    {
        using var file = File.OpenRead(Path.Combine(product.Unpacked, "analyzers", "dotnet", "cs", name));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var roslyn = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(reference => metadata.GetString(reference.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.All(roslyn, reference => Assert.Equal(new Version(4, 14, 0, 0), reference.Version));
    }
}
