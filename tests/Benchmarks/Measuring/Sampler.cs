using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace MmLock.Benchmarks.Measuring;

/// <summary>Where the time goes: samples the stacks of this process while something runs.</summary>
internal static class Sampler
{
    /// <summary>The same for a process that is started with it: samples, and every method that is jitted.</summary>
    public const string ForColdCompiles = "Microsoft-DotNETCore-SampleProfiler:0:5,Microsoft-Windows-DotNETRuntime:0x18:5";

    /// <summary>Samples something in this process.</summary>
    public static void Print(Action work)
    {
        var path = Path.Combine(Path.GetTempPath(), "mmlock-benchmarks", $"profile-{Environment.ProcessId}.nettrace");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Collect(path, work);
        Print(path);
    }

    /// <summary>
    /// Prints the methods of ours that samples were in, those that samples ended in below ours, and what was jitted.
    /// </summary>
    public static void Print(string path, int most = 60)
    {
        var inclusive = new Dictionary<string, int>();
        var exclusive = new Dictionary<string, int>();
        var boundary = new Dictionary<string, int>();
        var makers = new Dictionary<string, int>();
        var types = new Dictionary<string, int>();
        var jitted = new Dictionary<string, int>();
        var started = new Dictionary<int, (long Method, double At)>();
        double jitting = 0, jittingOurs = 0;
        int all = 0, ours = 0;
        using var log = new TraceLog(TraceLog.CreateFromEventPipeDataFile(path));
        foreach (var happening in log.Events)
        {
            if (happening is MethodJittingStartedTraceData method)
            {
                Count(jitted, Room(method.MethodNamespace));
                started[method.ThreadID] = (method.MethodID, method.TimeStampRelativeMSec);
                continue;
            }

            if (happening is MethodLoadUnloadVerboseTraceData loaded)
            {
                if (started.Remove(loaded.ThreadID, out var begun) && begun.Method == loaded.MethodID)
                {
                    var took = loaded.TimeStampRelativeMSec - begun.At;
                    jitting += took;
                    if (Room(loaded.MethodNamespace).StartsWith("MmLock", StringComparison.Ordinal))
                        jittingOurs += took;
                }

                continue;
            }

            var made = happening as GCAllocationTickTraceData;
            if (made is null && happening.ProviderName != "Microsoft-DotNETCore-SampleProfiler")
                continue;
            var frames = new List<string>();
            for (var at = happening.CallStack(); at is not null; at = at.Caller)
                frames.Add(Short(at.CodeAddress.FullMethodName));
            if (made is not null)
            {
                if (frames.Find(static f => f.StartsWith("MmLock.Analyzers", StringComparison.Ordinal)) is { } maker)
                {
                    Count(makers, maker);
                    Count(types, made.TypeName);
                }

                continue;
            }

            if (frames.Count == 0 || IsWaiting(frames))
                continue;
            all++;
            int first = frames.FindIndex(static f => f.StartsWith("MmLock.Analyzers", StringComparison.Ordinal));
            if (first < 0)
                continue;
            ours++;
            Count(exclusive, frames[0]);
            if (first > 0)
                Count(boundary, frames[first] + " > " + frames[first - 1]);
            foreach (var frame in frames.Where(static f => f.StartsWith("MmLock.", StringComparison.Ordinal)).Distinct())
                Count(inclusive, frame);
        }

        Console.WriteLine($"{all} samples, {ours} in the analyzers");
        Table("inclusive", inclusive, Math.Max(1, ours));
        Table("exclusive", exclusive, Math.Max(1, ours));
        Table("where it leaves us", boundary, Math.Max(1, ours));
        Table("who allocates", makers, Math.Max(1, makers.Values.Sum()));
        Table("what is allocated", types, Math.Max(1, types.Values.Sum()));
        Console.WriteLine($"{jitted.Values.Sum()} methods jitted in {jitting:F0} ms, {jittingOurs:F0} ms of them ours");
        Table("jitted", jitted, 100);

        void Table(string title, Dictionary<string, int> counts, int whole)
        {
            Console.WriteLine($"-- {title}");
            foreach (var (name, count) in counts.OrderByDescending(static c => c.Value).Take(most))
                Console.WriteLine($"{100.0 * count / whole,6:F1} {name}");
        }
    }

    private static string Room(string type)
    {
        var parts = type.Split('`')[0].Split('.');
        return string.Join(".", parts.Take(parts[0] == "MmLock" ? 4 : 2));
    }

    private static void Collect(string path, Action work)
    {
        var client = new DiagnosticsClient(Environment.ProcessId);
        using var session = client.StartEventPipeSession(
            [
                new EventPipeProvider("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
                new EventPipeProvider(
                    "Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, (long)(ClrTraceEventParser.Keywords.Jit | ClrTraceEventParser.Keywords.Loader | ClrTraceEventParser.Keywords.GC)),
            ],
            requestRundown: true, circularBufferMB: 512);
        using var file = File.Create(path);
        var copy = Task.Run(() => session.EventStream.CopyTo(file));
        work();
        session.Stop();
        copy.Wait();
    }

    private static void Count(Dictionary<string, int> counts, string name) =>
        counts[name] = counts.TryGetValue(name, out var n) ? n + 1 : 1;

    private static bool IsWaiting(List<string> frames) =>
        frames[0].Contains("Wait", StringComparison.Ordinal) || frames[0].Contains("Sleep", StringComparison.Ordinal)
        || frames[0].Contains("Poll", StringComparison.Ordinal) || frames[0].Contains("Recv", StringComparison.Ordinal);

    private static string Short(string name) => name.Split('(')[0];
}
