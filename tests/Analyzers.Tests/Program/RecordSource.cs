using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Options;
using MmLock.Analyzers.Program;
using MmLock.Analyzers.Rules;

namespace MmLock.Analyzers.Tests.Program;

/// <summary>
/// Records made by hand. One body a line, <c>Name: step; step</c>. A step is <c>take x</c>, <c>try x</c>, <c>call M</c>,
/// <c>call M of x</c> (receiver) or <c>call M with x</c> (argument), <c>sleep</c> or <c>on</c> (interrupts come on), each
/// with <c>under x y</c> (held), <c>after x</c> (let go of the caller's) and <c>irqoff</c>. Locks in small letters are fields
/// of <c>this</c>, in capitals statics, <c>p.x</c> fields of the parameter, <c>p</c> the parameter itself, <c>next.x</c> of
/// another object; <c>x/r</c> is shared. Names of methods with an underscore are private; <c>Name [Hardirq]</c> runs there,
/// <c>Name [NeverSleeps]</c> promises.
/// </summary>
internal sealed class RecordSource
{
    private static readonly ImmutableArray<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    private readonly LockType _type;
    private readonly INamedTypeSymbol _class;
    private readonly SyntaxTree _tree;
    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<Location, string> _places = [];
    private int _next;

    public RecordSource(string bodies, Model.LockKind kind = Model.LockKind.Spin, bool reentrant = false)
    {
        _type = new LockType(kind, reentrant, ThreadAffine: true, IsAnnotated: true);
        var lines = bodies.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var locks = lines.SelectMany(line => line.Split(':', 2)[1].Split(' ', ';', '/', '.')).Where(word => word.Length == 1).Distinct();
        var members = locks.Select(name => $"public {(char.IsUpper(name[0]) ? "static " : "")}readonly object {name} = new();")
            .Concat(lines.Select(line => NameOf(line)).Select(name => $"{(name.StartsWith('_') ? "private" : "public")} void {name}(C p) {{ }}"));
        var text = $"class C {{ C next; {string.Join(' ', members)} }}\n//{new string(' ', 500)}";
        _tree = CSharpSyntaxTree.ParseText(text);
        _compilation = CSharpCompilation.Create("records", [_tree], References, new(OutputKind.DynamicallyLinkedLibrary));
        _class = _compilation.GetTypeByMetadataName("C")!;
        _next = text.IndexOf("//", StringComparison.Ordinal);
        Contracts = new ContractCache(_compilation, CancellationToken.None);
        Records = [.. lines.Select(Body)];
    }

    public ContractCache Contracts { get; }

    public ImmutableArray<BodyRecord> Records { get; }

    public CalleeClosure Closure => new(new BodyIndex(Records), Contracts, CancellationToken.None);

    /// <summary>What the method takes in all, as <c>lock by A > B</c>.</summary>
    public string[] Takes(string method) =>
        [.. Closure.Of(Method(method)).Acquires.Select(e => (e.IsTry ? "try " : "") + Show(e.Lock) + By(e.Chain)).Order(StringComparer.Ordinal)];

    public string[] Sleeps(string method) => [.. Closure.Of(Method(method)).Sleeps.Select(e => "sleep" + By(e.Chain))];

    /// <summary>What is found within the type, as <c>MMLnnnn at A: step</c>.</summary>
    public string[] Live() => Collect(report => TypeJoin.Run(Records, Contracts, report, CancellationToken.None));

    /// <summary>What is found at the end of the compilation.</summary>
    public string[] Build(bool infers = true) => Collect(report => ProgramJoin.Run(
        Records, Contracts, new LockOptions(false, infers, false), _ => null, report, CancellationToken.None));

    public IMethodSymbol Method(string name) => _class.GetMembers(name).OfType<IMethodSymbol>().Single();

    private string[] Collect(Action<Action<Finding>> run)
    {
        var found = new List<string>();
        run(finding => found.Add($"{finding.Descriptor.Id} at {_places[finding.Location]}{(finding.OnSomePaths ? " on some paths" : "")}"));
        return [.. found.Distinct().Order(StringComparer.Ordinal)];
    }

    private BodyRecord Body(string line)
    {
        var method = Method(NameOf(line));
        var acquires = ImmutableArray.CreateBuilder<AcquireRecord>();
        var sleeps = ImmutableArray.CreateBuilder<SleepRecord>();
        var calls = ImmutableArray.CreateBuilder<CallRecord>();
        var ons = ImmutableArray.CreateBuilder<IrqOnRecord>();
        foreach (var step in line.Split(':', 2)[1].Split(';').Select(step => step.Trim()).Where(step => step.Length > 0))
        {
            var words = step.Split(' ');
            var before = Snapshot(words);
            var place = Place($"{method.Name}: {step}");
            switch (words[0])
            {
                case "take" or "try":
                    var (taken, mode) = Lock(words[1]);
                    acquires.Add(new AcquireRecord(
                        taken, mode, words[0] == "try", false, before.Held.Any(held => LockIdentity.IsSame(held.Lock, taken)), place, before,
                        before.IrqOff, before.IrqOff, null));
                    break;
                case "sleep":
                    sleeps.Add(new SleepRecord("Calling 'Schedule'", place, before));
                    break;
                case "on":
                    ons.Add(new IrqOnRecord(false, place, before));
                    break;
                default:
                    var argument = After(words, "with") is [var name, ..] ? PathOf(name) : null;
                    calls.Add(new CallRecord(
                        Method(words[1]), After(words, "of") is [var receiver, ..] ? PathOf(receiver) : PathOf("this"), "", [argument], [""], place,
                        before, false, false));
                    break;
            }
        }
        bool never = line.Contains("[NeverSleeps]");
        RunContext? runsIn = line.Contains('[') && !never ? Enum.Parse<RunContext>(line.Split('[', ']')[1]) : null;
        return new BodyRecord(
            method, method, _class, runsIn, never, acquires.ToImmutable(), sleeps.ToImmutable(), calls.ToImmutable(), [])
        {
            IrqOns = ons.ToImmutable(),
        };
    }

    private HeldSnapshot Snapshot(string[] words)
    {
        var held = After(words, "under").Select(Lock).Select(one => new HeldLock(one.Lock, one.Mode, Place("held"))).ToImmutableArray();
        var atomic = held.FirstOrDefault(one => one.Lock.Type.Kind.ForbidsSleep(one.Mode));
        return new HeldSnapshot(
            held, [.. After(words, "after").Select(name => Lock(name).Lock)], words.Contains("irqoff"), words.Contains("irqoff"),
            atomic?.Lock, atomic?.Site);
    }

    private static string[] After(string[] words, string keyword) => [.. words
        .SkipWhile(word => word != keyword).Skip(1)
        .TakeWhile(word => word is not ("under" or "after" or "of" or "with" or "irqoff"))];

    private (PortableLock Lock, LockMode Mode) Lock(string word)
    {
        var parts = word.Split('/');
        var path = PathOf(parts[0]);
        var member = path.Members.IsEmpty ? path.Anchor as ISymbol : path.Members[^1];
        var lockClass = member is null ? null : new LockClass("C." + member.Name, "C." + member.Name, type: _type);
        return (
            new PortableLock(path, null, null, _type, lockClass, parts[0], IsPlain: false),
            parts.Length > 1 ? LockMode.Shared : LockMode.Exclusive);
    }

    private PortablePath PathOf(string text)
    {
        var parts = text.Split('.');
        if (parts[0] == "p")
            return new(PortableRoot.Parameter, 0, Members(parts.Skip(1)));
        if (parts[0] == "this")
            return new(PortableRoot.This, null, Members(parts.Skip(1)));
        return char.IsUpper(parts[0][0])
            ? new(PortableRoot.Static, Members(parts.Take(1))[0], Members(parts.Skip(1)))
            : new(PortableRoot.This, null, Members(parts));
    }

    private ImmutableArray<ISymbol> Members(IEnumerable<string> names) => [.. names.Select(name => _class.GetMembers(name).Single())];

    private Location Place(string what)
    {
        var place = Location.Create(_tree, new TextSpan(_next++, 1));
        _places.Add(place, what);
        return place;
    }

    private static string NameOf(string line) => line.Split(':', ' ')[0];

    private static string By(CallChain? chain) =>
        chain is null ? "" : " by " + string.Join(" > ", CallChain.Callees(chain).Select(callee => callee.Name));

    private static string Show(PortableLock one)
    {
        if (one.Path is not { } path)
            return "some " + one.Class;
        string members = string.Join(".", path.Members.Select(member => member.Name));
        return path.Root switch
        {
            PortableRoot.This => members,
            PortableRoot.Parameter => ("p." + members).TrimEnd('.'),
            PortableRoot.Static => (((ISymbol)path.Anchor!).Name + "." + members).TrimEnd('.'),
            _ => "?." + members,
        };
    }
}
