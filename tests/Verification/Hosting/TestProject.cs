using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MmLock.Verification;

/// <summary>A project of a test with several; every one of them is analysed.</summary>
/// <param name="Name">Its name, and that of its assembly.</param>
public sealed record TestProject(string Name)
{
    /// <summary>Its sources, with marks.</summary>
    public IReadOnlyList<SourceFile> Files { get; init; } = [];

    /// <summary>The names of the projects it refers to, which stand before it in the list.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>What it is compiled to.</summary>
    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;
}
