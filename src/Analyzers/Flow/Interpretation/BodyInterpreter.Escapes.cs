using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Objects that others come to see.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>A fresh object becomes visible to others, and with it what is reached through it.</summary>
    private void Escape(Value value, IOperation operation)
    {
        if (_dead)
            return;
        if (_lambdas.ContainsKey(value) && _escaping.Add(value))
        {
            DelegateEscapes(value);
            _escaping.Remove(value);
        }
        if (!_w.Fresh.Contains(value))
            return;
        _w.Fresh = _w.Fresh.Remove(value);
        for (int i = 0; i < _w.Env.Count; i++)
        {
            if (_w.Env.KeyAt(i).Kind is ValueKind.Member or ValueKind.Element && _w.Env.KeyAt(i).IsReachedThrough(value))
                Escape(_w.Env.ValueAt(i), operation);
        }
    }

    /// <summary>Stored in an object that nobody else sees, a fresh object stays unseen.</summary>
    private void EscapeInto(Value place, Value value, IOperation operation)
    {
        if (!IsOfUnseen(place, value))
            Escape(value, operation);
    }

    /// <summary>The place is in an object that nobody else sees, the constructor's own aside; and in another than the value itself.</summary>
    private bool IsOfUnseen(Value place, Value? value = null)
    {
        for (Value? part = place.First; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (_w.Fresh.Contains(part) && !ReferenceEquals(part, value))
                return value is not null || part.Kind != ValueKind.This;
            // So is a struct in a local.
            if (value is null && part.Kind == ValueKind.LocalPlace && part.Type?.IsValueType == true)
                return true;
        }
        return false;
    }

    /// <summary>A reference to a place goes out of the body.</summary>
    private void EscapeByRef(Value place, IOperation operation, string wayOut)
    {
        if (!Emitting || IsExempt(place))
            return;
        for (var part = place; part.Kind is ValueKind.Member or ValueKind.Static or ValueKind.Element; part = part.First!)
        {
            EscapeGuarded(part, operation, wayOut, isPointee: false);
            if (part.First is not { } container)
                break;
            if (container.Type?.IsValueType == true)
                continue;
            EscapeGuarded(container, operation, wayOut, isPointee: true);
            break;
        }
    }
}
