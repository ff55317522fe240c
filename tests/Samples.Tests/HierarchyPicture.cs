using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace MmLock.Samples.Tests;

/// <summary>What does the declared order of the model look like? Mermaid, from the texts of its <c>[assembly: LockHierarchy]</c>.</summary>
internal static class HierarchyPicture
{
    /// <summary>The lines of the diagram, fences included.</summary>
    public static IReadOnlyList<string> Lines { get; } = [.. Draw()];

    private static IEnumerable<string> Draw()
    {
        var edges = typeof(MmKernel.Page).Assembly.GetCustomAttributes<LockHierarchyAttribute>()
            .SelectMany(attribute => Edges(attribute.Tree)).Distinct().ToArray();
        yield return "```mermaid";
        yield return "flowchart TD";
        foreach (var name in edges.SelectMany(edge => new[] { edge.Outer, edge.Inner }).Distinct())
            yield return "  " + Node(name);
        foreach (var (outer, inner) in edges)
            yield return $"  {outer} --> {inner}";
        yield return "```";
    }

    /// <summary>A box sleeps, a rounded box spins, a hexagon is no lock at all.</summary>
    private static string Node(string name) => KernelClass.All.FirstOrDefault(c => c.Name == name) switch
    {
        null => $"{name}{{{{{name}}}}}",
        { Sleeps: true } => $"{name}[{name}]",
        _ => $"{name}({name})",
    };

    private static IEnumerable<(string Outer, string Inner)> Edges(string text)
    {
        var outer = new Stack<(int Indent, string Name)>();
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0))
        {
            var name = line.TrimStart();
            int indent = line.Length - name.Length;
            while (outer.TryPeek(out var above) && above.Indent >= indent)
                outer.Pop();
            if (outer.TryPeek(out var parent))
                yield return (parent.Name, name);
            outer.Push((indent, name));
        }
    }
}
