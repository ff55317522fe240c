using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Mutation.Tests.Model;

/// <summary>Which class may be taken inside which: the closure of the model's hierarchy texts, read without the analyzer.</summary>
internal sealed class DeclaredOrder
{
    private readonly Dictionary<string, HashSet<string>> _inside = new(StringComparer.Ordinal);

    /// <summary>Is <paramref name="inner"/> declared to be taken inside <paramref name="outer"/>, directly or not?</summary>
    public bool IsInside(string inner, string outer)
        => _inside.TryGetValue(outer, out var direct) && (direct.Contains(inner) || direct.Any(between => IsInside(inner, between)));

    public static DeclaredOrder Of(Compilation compilation)
    {
        var order = new DeclaredOrder();
        foreach (var attribute in compilation.Assembly.GetAttributes().Where(a => a.AttributeClass?.Name == nameof(LockHierarchyAttribute)))
            order.Read((string)attribute.ConstructorArguments[0].Value!);
        return order;
    }

    private void Read(string text)
    {
        var outer = new Stack<(int Indent, string Class)>();
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0))
        {
            var name = line.TrimStart();
            int indent = line.Length - name.Length;
            while (outer.Count > 0 && outer.Peek().Indent >= indent)
                outer.Pop();
            if (outer.Count > 0)
                (_inside.TryGetValue(outer.Peek().Class, out var direct) ? direct : _inside[outer.Peek().Class] = []).Add(name);
            outer.Push((indent, name));
        }
    }
}
