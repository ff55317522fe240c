using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using Xunit;

namespace MmLock.Analyzers.Tests.Flow;

/// <summary>Worlds are copied by hand, field by field: a field that is added later must not be forgotten.</summary>
public sealed class WorldCopyTests
{
    private static readonly Value SomeValue = new ValueTable().Null;

    public static TheoryData<string> Fields => [.. FieldsOfWorld().Select(static f => f.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Copy_HasEveryField(string name)
    {
        var field = FieldsOfWorld().Single(f => f.Name == name);
        var world = new World();
        field.SetValue(world, Other(field.FieldType));
        Assert.False(Equals(field.GetValue(new World()), field.GetValue(world)));

        Assert.True(Equals(field.GetValue(world), field.GetValue(world.Clone())));
    }

    private static IEnumerable<FieldInfo> FieldsOfWorld() =>
        typeof(World).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>Something of the type that no new world has.</summary>
    private static object? Other(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueMap<>))
        {
            var content = type.GetGenericArguments()[0];
            return type.GetMethod("Set")!.Invoke(
                Activator.CreateInstance(type), [SomeValue, content.IsValueType ? Activator.CreateInstance(content) : null]);
        }

        return type == typeof(bool) ? true : type == typeof(int) ? 7 : type.IsValueType ? Activator.CreateInstance(type) : null;
    }
}
