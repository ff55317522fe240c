using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>An edit in one method of a 1,000-line annotated type of the sample's project, as an editor asks about it.</summary>
internal static class Edits
{
    private const string Marker = "int edited = 0;";

    public static int Run(string[] args)
    {
        if (!args.Contains("-s"))
            return Measure(args);
        Sampler.Print(() => Measure(args));
        return 0;
    }

    private static int Measure(string[] args)
    {
        int edits = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var sample = SampleCode.MmKernel();
        var type = Type(1000);
        var corpus = sample with { Files = sample.Files.Add(("Table.cs", type)) };
        var compilation = InProcess.Compile(corpus);
        var tree = compilation.SyntaxTrees.Last();
        var times = new List<(double Ours, double None, double Cpu)>();
        using var self = Process.GetCurrentProcess();
        for (int i = 0; i < edits; i++)
        {
            var next = tree.WithChangedText(tree.GetText().Replace(
                type.IndexOf(Marker, StringComparison.Ordinal) + "int edited = ".Length, 1, ((i + 1) % 10).ToString(CultureInfo.InvariantCulture)));
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;
            // What the compiler itself does for an edit: the squiggles of the language.
            var watch = Stopwatch.StartNew();
            var model = compilation.GetSemanticModel(tree);
            model.GetDiagnostics();
            var bare = watch.Elapsed.TotalMilliseconds;
            self.Refresh();
            var cpu = self.TotalProcessorTime;
            watch.Restart();
            var found = InProcess.Hosted(compilation, InProcess.Ours).GetAnalyzerSemanticDiagnosticsAsync(model, null, default)
                .GetAwaiter().GetResult();
            var ours = watch.Elapsed.TotalMilliseconds;
            self.Refresh();
            times.Add((ours, bare, (self.TotalProcessorTime - cpu).TotalMilliseconds));
            if (found.FirstOrDefault(static d => d.Severity >= DiagnosticSeverity.Warning) is { } wrong)
                throw new InvalidOperationException(wrong.ToString());
        }

        // The first third warms up.
        var warm = times.Skip(edits / 3).ToList();
        Console.WriteLine("| | median ms | 95th percentile ms | worst ms |");
        Console.WriteLine("|---|---|---|---|");
        Print("compiler's own diagnostics", warm.Select(static t => t.None));
        Print("MmLock, wall", warm.Select(static t => t.Ours));
        Print("MmLock, processor", warm.Select(static t => t.Cpu));
        return 0;
    }

    private static void Print(string name, IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {sorted[sorted.Count / 2]:F1} | {sorted[(int)(sorted.Count * 0.95)]:F1} | {sorted[^1]:F1} |"));
    }

    /// <summary>A type of that many lines, half of its members private.</summary>
    private static string Type(int lines)
    {
        var text = new StringBuilder("""
            using System.Collections.Generic;
            using MmLock;
            namespace MmKernel;
            internal sealed class Table
            {
                [LockClass("table_lock")] private readonly SpinLock _lock = new("table_lock");
                [LockClass("table_sem"), AcquiredBefore("_lock")] private readonly RwSem _sem = new("table_sem");
                [GuardedBy("_lock")] private int _count;
                [PointeeGuardedBy("_lock")] private readonly List<Page> _pages = [];
                public int Edited()
                {
                    int edited = 0;
                    _lock.Lock();
                    _count += edited;
                    _lock.Unlock();
                    return edited;
                }

            """);
        for (int i = 0; text.ToString().Count(static c => c == '\n') < lines; i++)
        {
            text.Append($$"""
                public bool Add{{i}}(Page page, int by)
                {
                    _sem.DownRead();
                    _lock.LockIrqSave(out ulong flags);
                    for (int at = 0; at < _pages.Count; at++)
                    {
                        if (_pages[at] == page)
                        {
                            _lock.UnlockIrqRestore(flags);
                            _sem.UpRead();
                            return false;
                        }
                    }
                    Grow{{i}}(by);
                    _pages.Add(page);
                    _lock.UnlockIrqRestore(flags);
                    _sem.UpRead();
                    return true;
                }

                [MustHold("_lock")]
                private void Grow{{i}}(int by)
                {
                    if (by > _count)
                        _count += by;
                    else
                        Shrink{{i}}(by);
                }

                [MustHold("_lock")]
                private void Shrink{{i}}(int by) => _count -= by;

            """);
        }

        return text.Append("}\n").ToString();
    }
}
