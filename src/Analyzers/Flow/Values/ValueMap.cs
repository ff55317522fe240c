using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Flow.Values;

/// <summary>
/// A small immutable map keyed by value, sorted by id. A world is a handful of them, so that copying a world costs
/// a few references and comparing two worlds starts with reference equality.
/// </summary>
internal readonly struct ValueMap<T>
{
    private readonly Value[]? _keys;
    private readonly T[]? _values;

    private ValueMap(Value[] keys, T[] values)
    {
        _keys = keys;
        _values = values;
    }

    public int Count => _keys?.Length ?? 0;

    public bool SameAs(ValueMap<T> other) => ReferenceEquals(_keys, other._keys) && ReferenceEquals(_values, other._values);

    public Value KeyAt(int i) => _keys![i];

    public T ValueAt(int i) => _values![i];

    public bool TryGet(Value key, out T value)
    {
        int i = Find(key);
        value = i >= 0 ? _values![i] : default!;
        return i >= 0;
    }

    public T? GetOrDefault(Value key) => TryGet(key, out var value) ? value : default;

    public bool Contains(Value key) => Find(key) >= 0;

    public ValueMap<T> Set(Value key, T value)
    {
        int i = Find(key);
        if (i >= 0)
        {
            if (EqualityComparer<T>.Default.Equals(_values![i], value))
                return this;
            var changed = (T[])_values.Clone();
            changed[i] = value;
            return new(_keys!, changed);
        }
        int at = ~i, n = Count;
        var keys = new Value[n + 1];
        var values = new T[n + 1];
        if (n > 0)
        {
            Array.Copy(_keys!, keys, at);
            Array.Copy(_values!, values, at);
            Array.Copy(_keys!, at, keys, at + 1, n - at);
            Array.Copy(_values!, at, values, at + 1, n - at);
        }
        keys[at] = key;
        values[at] = value;
        return new(keys, values);
    }

    public ValueMap<T> Remove(Value key)
    {
        int i = Find(key);
        if (i < 0)
            return this;
        int n = Count - 1;
        if (n == 0)
            return default;
        var keys = new Value[n];
        var values = new T[n];
        Array.Copy(_keys!, keys, i);
        Array.Copy(_values!, values, i);
        Array.Copy(_keys!, i + 1, keys, i, n - i);
        Array.Copy(_values!, i + 1, values, i, n - i);
        return new(keys, values);
    }

    /// <summary>Keeps what passes; the same map when all does.</summary>
    public ValueMap<T> Where(Func<Value, T, bool> keep)
    {
        var result = this;
        for (int i = 0; i < Count; i++)
        {
            if (!keep(_keys![i], _values![i]))
                result = result.Remove(_keys[i]);
        }
        return result;
    }

    public bool ContentEquals(ValueMap<T> other)
    {
        if (SameAs(other))
            return true;
        if (Count != other.Count)
            return false;
        for (int i = 0; i < Count; i++)
        {
            if (!ReferenceEquals(_keys![i], other._keys![i]) || !EqualityComparer<T>.Default.Equals(_values![i], other._values![i]))
                return false;
        }
        return true;
    }

    public int ContentHash()
    {
        int hash = Count;
        for (int i = 0; i < Count; i++)
            hash = unchecked(hash * 31 + _keys![i].Id * 17 + EqualityComparer<T>.Default.GetHashCode(_values![i]!));
        return hash;
    }

    private int Find(Value key)
    {
        if (_keys is null)
            return -1;
        int low = 0, high = _keys.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int id = _keys[middle].Id;
            if (id == key.Id)
                return middle;
            if (id < key.Id)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }
}
