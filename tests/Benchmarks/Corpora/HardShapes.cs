using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MmLock.Benchmarks.Corpora;

/// <summary>A shape of code that could make an analysis explode, with the number that it grows by.</summary>
internal sealed record HardShape(string Name, string Parameter, int Full, Func<int, string> Make)
{
    public Corpus At(int size) => Corpus.Of($"{Name.Replace(' ', '-')}-{size}", Make(size));

    public static ImmutableArray<HardShape> All { get; } =
    [
        new("long method", "lines", 5000, LongMethod),
        new("nested ifs", "depth", 200, NestedIfs),
        new("lock classes", "classes", 500, LockClasses),
        new("private call graph", "methods", 2000, CallGraph),
        new("switch", "cases", 300, Switch),
        new("nested finally", "depth", 12, NestedFinally),
    ];

    private static string LongMethod(int lines)
    {
        var text = Begin("Long", "private readonly object _a = new(), _b = new(); private int _n;");
        text.Append("public void M(int x)\n{\nint i = 0, j = x;\n");
        for (int line = 0; line < lines; line += 10)
        {
            Write(text, $$"""
                if (x > {{line}})
                    j += i * {{line}};
                lock (_a)
                {
                    _n += j;
                    lock (_b)
                        _n--;
                }
                var local{{line}} = j ^ x;
                i = local{{line}} > 3 ? i + 1 : j;
                """);
        }

        return text.Append("}\n}\n").ToString();
    }

    private static string NestedIfs(int depth)
    {
        var text = Begin("Nested", "private readonly object _a = new(); private int _n;");
        text.Append("public void M(int x, bool[] b)\n{\n");
        for (int i = 0; i < depth; i++)
            Write(text, $$"""if (b[{{i}}]) { {{(i % 4 == 0 ? "System.Threading.Monitor.Enter(_a);" : "_n++;")}}""");
        for (int i = depth - 1; i >= 0; i--)
            Write(text, $$"""{{(i % 4 == 0 ? "System.Threading.Monitor.Exit(_a);" : "_n--;")}} }""");
        return text.Append("}\n}\n").ToString();
    }

    private static string LockClasses(int classes)
    {
        var text = new StringBuilder("using MmLock;\n[assembly: LockHierarchy(\"\"\"\n");
        for (int i = 0; i < classes; i++)
            text.Append(' ', 2 * (i % 20) + 4).Append(CultureInfo.InvariantCulture, $"c{i}\n");
        text.Append("    \"\"\")]\nclass Holder\n{\n");
        for (int i = 0; i < classes; i++)
        {
            Write(text, $$"""
                [LockClass("c{{i}}")] private readonly object _l{{i}} = new();
                [GuardedBy("_l{{i}}")] private int _g{{i}};
                """);
        }

        for (int i = 0; i + 2 < classes; i += 2)
        {
            if (i % 20 > 17)
                continue;
            Write(text, $$"""
                public void M{{i}}()
                {
                    lock (_l{{i}})
                    {
                        _g{{i}}++;
                        lock (_l{{i + 1}})
                            _g{{i + 1}}++;
                    }
                }
                """);
        }

        return text.Append("}\n").ToString();
    }

    private static string CallGraph(int methods)
    {
        var text = Begin("Graph", "private readonly object _a = new(); private int _n;");
        text.Append("public void Start(int x) => M0(x);\n");
        for (int i = 0; i < methods; i++)
        {
            Write(text, $$"""
                private void M{{i}}(int x)
                {
                    if (x > {{i}})
                    {
                        lock (_a)
                            _n++;
                    }
                    {{(i + 1 < methods ? $"M{i + 1}(x);" : "")}}
                    {{(2 * i + 2 < methods ? $"M{2 * i + 2}(x - 1);" : "")}}
                    {{(i % 50 == 49 ? $"M{i - 10}(x / 2);" : "")}}
                }
                """);
        }

        return text.Append("}\n").ToString();
    }

    private static string Switch(int cases)
    {
        var text = Begin("Switch", "private readonly object _a = new(), _b = new(); private int _n;");
        text.Append("public int M(int x)\n{\nint result = 0;\nwhile (x > 0)\n{\nswitch (x--)\n{\n");
        for (int i = 0; i < cases; i++)
        {
            Write(text, i % 2 == 0
                ? $$"""
                    case {{i}}:
                        lock (_a)
                            _n += {{i}};
                        if (_n > {{i}})
                            goto default;
                        break;
                    """
                : $$"""
                    case {{i}}:
                        result += {{i}};
                        break;
                    """);
        }

        return text.Append("default: lock (_b) result++; break;\n}\n}\nreturn result;\n}\n}\n").ToString();
    }

    private static string NestedFinally(int depth)
    {
        var text = Begin("Finally", "private readonly object[] _l = new object[64]; private int _n;");
        for (int i = 0; i < depth; i++)
            Write(text, $"private readonly object _l{i} = new();");
        text.Append("public int M(int x)\n{\n");
        for (int i = 0; i < depth; i++)
        {
            Write(text, $$"""
                System.Threading.Monitor.Enter(_l{{i}});
                try
                {
                    if (x == {{i}}) return _n++;
                """);
        }

        text.Append("_n += x;\n");
        for (int i = depth - 1; i >= 0; i--)
            Write(text, $"}} finally {{ if (x > {i}) _n--; System.Threading.Monitor.Exit(_l{i}); }}");
        return text.Append("return _n;\n}\n}\n").ToString();
    }

    private static StringBuilder Begin(string name, string fields) =>
        new($"class {name}\n{{\n{fields}\n");

    private static void Write(StringBuilder text, string lines) => text.Append(lines).Append('\n');
}
