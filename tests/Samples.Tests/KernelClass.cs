using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace MmLock.Samples.Tests;

/// <summary>A lock class of the model, as its declaration says, and what its locks guard.</summary>
/// <param name="Name">The class.</param>
/// <param name="Kind">The kind of its lock type.</param>
/// <param name="TakenIn">The interrupts that take it.</param>
/// <param name="Place">The member that is the lock.</param>
/// <param name="Guards">Fields that need it.</param>
internal sealed record KernelClass(string Name, LockKind Kind, IrqContext TakenIn, string Place, IReadOnlyList<string> Guards)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(MmKernel.Page).Assembly.GetTypes();

    private static readonly ILookup<MemberInfo, string> GuardedBy = Types
        .SelectMany(type => Members(type))
        .SelectMany(field => GuardsOf(field).Select(guard => (Lock: guard, Field: $"{field.DeclaringType!.Name}.{field.Name}")))
        .ToLookup(guard => guard.Lock, guard => guard.Field);

    /// <summary>Every class that a field of the model is declared to have.</summary>
    public static IReadOnlyList<KernelClass> All { get; } =
    [
        .. from type in Types
           from member in Members(type)
           let declared = member.GetCustomAttribute<LockClassAttribute>()
           let kind = TypeOf(member).GetCustomAttribute<LockTypeAttribute>()
           where declared is not null && kind is not null
           orderby declared.Name
           select new KernelClass(
               declared.Name, kind.Kind, declared.TakenIn, $"{type.Name}.{member.Name}",
               [.. GuardedBy[member].Distinct().Order(StringComparer.Ordinal)]),
    ];

    /// <summary>May a task sleep while it waits for one?</summary>
    public bool Sleeps => Kind is LockKind.Mutex or LockKind.ReaderWriterSemaphore or LockKind.Bit;

    /// <summary>The row of the table, without what only a person can say.</summary>
    public string Row => $"| {Name} | {Kind} | {Context} | {Place} | {(Guards.Count == 0 ? "-" : string.Join(", ", Guards))} |";

    private string Context => Kind switch
    {
        LockKind.Token => "any",
        _ when Sleeps => "process",
        _ => TakenIn == IrqContext.None ? "process" : $"process, {TakenIn.ToString().ToLowerInvariant()}",
    };

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetFields(Declared).Cast<MemberInfo>().Concat(type.GetProperties(Declared));

    private static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    private static IEnumerable<MemberInfo> GuardsOf(MemberInfo field)
    {
        var paths = field.GetCustomAttributes<GuardAttribute>().SelectMany(a => a.Locks)
            .Concat(field.GetCustomAttributes<StableUnderAttribute>().Select(a => a.Exclusive).OfType<string>())
            .Concat(field.GetCustomAttributes<RcuGuardedAttribute>().Select(a => a.UpdateLock).OfType<string>());
        return paths.Select(path => Resolve(field.DeclaringType!, path)).OfType<MemberInfo>();
    }

    /// <summary>The member that a path ends in: from the declaring type on, or from the type that it names.</summary>
    private static MemberInfo? Resolve(Type from, string path)
    {
        var names = path.Split('.');
        MemberInfo? at = Members(from).FirstOrDefault(m => m.Name == names[0]);
        var type = at is null ? Types.FirstOrDefault(t => t.Name == names[0]) : TypeOf(at);
        foreach (var name in names.Skip(1))
        {
            at = type is null ? null : Members(type).FirstOrDefault(m => m.Name == name);
            type = at is null ? null : TypeOf(at);
        }
        return at;
    }
}
