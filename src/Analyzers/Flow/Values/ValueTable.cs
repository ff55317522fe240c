using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmLock.Analyzers.Flow.Values;

/// <summary>Makes and interns the values of one body, the bodies inlined into it included.</summary>
internal sealed class ValueTable
{
    // A power of two. Chained through the values themselves: most bodies are small, and a table of tuples costs more than they do.
    private Value?[] _buckets = new Value?[64];
    private int _next;

    public ValueTable()
    {
        Null = Make(ValueKind.Constant, null, null, null, null);
        True = Make(ValueKind.Constant, null, null, true, null);
        False = Make(ValueKind.Constant, null, null, false, null);
        Lost = Make(ValueKind.Lost, null, null, null, null);
    }

    public Value Null { get; }

    /// <summary>What variables hold that were never assigned here: parameters and captured variables.</summary>
    public Dictionary<Value, Value> InitialContents { get; } = [];

    public Value True { get; }

    public Value False { get; }

    public Value Lost { get; }

    public Value This(ITypeSymbol? type) => Make(ValueKind.This, null, null, null, type);

    public Value Constant(object? value) => value switch
    {
        null => Null,
        true => True,
        false => False,
        _ => Make(ValueKind.Constant, null, null, value, null),
    };

    public Value Parameter(IParameterSymbol parameter) =>
        Make(ValueKind.Parameter, null, null, parameter, parameter.Type);

    public Value Captured(ISymbol variable, ITypeSymbol? type) => Make(ValueKind.Captured, null, null, variable, type);

    public Value Fresh(IOperation site) => Make(ValueKind.Fresh, null, null, site, site.Type);

    /// <param name="part">Tells apart several results of one operation: an out parameter, a tuple element.</param>
    public Value Result(IOperation site, ITypeSymbol? type, object? part = null) =>
        Make(ValueKind.Result, null, part is null ? null : Constant(part), site, type);

    public Value Member(Value container, ISymbol member, ITypeSymbol? type) =>
        container.Depth >= FlowLimits.ValueDepth || container.Kind == ValueKind.Lost
            ? Lost
            : Make(ValueKind.Member, container, null, member, type);

    public Value Static(ISymbol member, ITypeSymbol? type) => Make(ValueKind.Static, null, null, member, type);

    public Value Element(Value container, Value index, ITypeSymbol? type) =>
        container.Depth >= FlowLimits.ValueDepth || container.Kind == ValueKind.Lost || index.Depth >= FlowLimits.ValueDepth
            || index.Kind == ValueKind.Lost
            ? Lost
            : Make(ValueKind.Element, container, index, null, type);

    public Value Phi(int block, Value place, ITypeSymbol? type) =>
        Make(ValueKind.Phi, place, null, block, type ?? place.Type);

    public Value Reread(Value place, object site) => Make(ValueKind.Reread, place, null, site, place.Type);

    public Value Previous(Value value) => value.Depth >= FlowLimits.ValueDepth || PreviousDepth(value) >= FlowLimits.Previous
        ? Lost
        : Make(ValueKind.Previous, value, null, null, value.Type);

    public Value Not(Value value) =>
        ReferenceEquals(value, True) ? False
        : ReferenceEquals(value, False) ? True
        : value.Kind == ValueKind.Not ? value.First!
        : value.Depth >= FlowLimits.ValueDepth ? Lost
        : Make(ValueKind.Not, value, null, null, value.Type);

    public Value Equal(Value a, Value b)
    {
        if (a.Kind == ValueKind.Lost || b.Kind == ValueKind.Lost || a.Depth + b.Depth > 2 * FlowLimits.ValueDepth)
            return Lost;
        if (ReferenceEquals(a, b))
            return True;
        if (a.Kind == ValueKind.Constant && b.Kind == ValueKind.Constant)
            return Equals(a.Data, b.Data) ? True : False;
        if (a.IsNull && b.IsNeverNull || b.IsNull && a.IsNeverNull)
            return False;
        // The constant stands second and the older value first, so that a == b and b == a are one fact.
        var (first, second) = a.Kind == ValueKind.Constant || (b.Kind != ValueKind.Constant && b.Id < a.Id) ? (b, a) : (a, b);
        return second.Data is bool truth && second.Kind == ValueKind.Constant
            ? truth ? first : Not(first)
            : Make(ValueKind.Equal, first, second, null, null);
    }

    public Value Binary(object operation, Value a, Value b, ITypeSymbol? type) =>
        a.Kind == ValueKind.Lost || b.Kind == ValueKind.Lost || a.Depth >= FlowLimits.ValueDepth || b.Depth >= FlowLimits.ValueDepth
            ? Lost
            : Make(ValueKind.Binary, a, b, operation, type);

    public Value TypeObject(ITypeSymbol type) => Make(ValueKind.TypeObject, null, null, type.OriginalDefinition, null);

    public Value LocalPlace(ISymbol local, ITypeSymbol? type) => Make(ValueKind.LocalPlace, null, null, local, type);

    public Value CapturePlace(CaptureId capture, ITypeSymbol? type) => Make(ValueKind.CapturePlace, null, null, capture, type);

    public Value RefTo(Value place) => Make(ValueKind.RefTo, place, null, null, place.Type);

    /// <summary>The same value with parts of it replaced.</summary>
    public Value Replace(Value value, Replacements map)
    {
        if (value.Id < map.Oldest)
            return value;
        if (map.TryGetValue(value, out var found))
            return found;
        if (value.First is null || value.Kind is ValueKind.Previous or ValueKind.Phi)
            return value;
        var first = Replace(value.First, map);
        var second = value.Second is null ? null : Replace(value.Second, map);
        if (ReferenceEquals(first, value.First) && ReferenceEquals(second, value.Second))
            return value;
        return value.Kind switch
        {
            ValueKind.Member => Member(first, value.Symbol!, value.Type),
            ValueKind.Element => Element(first, second!, value.Type),
            ValueKind.Not => Not(first),
            ValueKind.Equal => Equal(first, second!),
            ValueKind.Binary => Binary(value.Data!, first, second!, value.Type),
            ValueKind.RefTo => first.IsPlace ? RefTo(first) : Lost,
            ValueKind.Reread => first.IsPlace ? Reread(first, value.Data!) : Lost,
            _ => value,
        };
    }

    private static int PreviousDepth(Value value)
    {
        int n = 0;
        for (var v = value; v.Kind == ValueKind.Previous; v = v.First!)
            n++;
        return n;
    }

    private Value Make(ValueKind kind, Value? first, Value? second, object? data, ITypeSymbol? type)
    {
        int hash = Value.HashOf(kind, first, second, data);
        for (var known = _buckets[hash & _buckets.Length - 1]; known is not null; known = known.NextInBucket)
        {
            if (known.Hash == hash && known.IsMadeOf(kind, first, second, data))
                return known;
        }
        if (_next >= _buckets.Length)
            Grow();
        var made = new Value(_next++, kind, first, second, data, type);
        ref var bucket = ref _buckets[hash & _buckets.Length - 1];
        made.NextInBucket = bucket;
        bucket = made;
        return made;
    }

    private void Grow()
    {
        var before = _buckets;
        _buckets = new Value?[before.Length * 4];
        foreach (var first in before)
        {
            for (var value = first; value is not null;)
            {
                var next = value.NextInBucket;
                ref var bucket = ref _buckets[value.Hash & _buckets.Length - 1];
                value.NextInBucket = bucket;
                bucket = value;
                value = next;
            }
        }
    }
}
