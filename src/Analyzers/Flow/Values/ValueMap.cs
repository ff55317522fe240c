using System;
using System.Collections.Generic;

namespace MmLock.Analyzers.Flow.Values;

/// <summary>
/// A small immutable map keyed by value, sorted by id. A world is a handful of them, one reference each, so that copying a world
/// is cheap and comparing two worlds starts with reference equality.
/// </summary>
internal readonly struct ValueMap<T>
{
    private readonly Entry[]? _entries;

    private ValueMap(Entry[] entries) => _entries = entries;

    public int Count => _entries is null ? 0 : _entries.Length;

    public bool SameAs(ValueMap<T> other) => ReferenceEquals(_entries, other._entries);

    public Value KeyAt(int i) => _entries![i].Key;

    public T ValueAt(int i) => _entries![i].Value;

    public bool TryGet(Value key, out T value)
    {
        int i = Find(key);
        value = i >= 0 ? _entries![i].Value : default!;
        return i >= 0;
    }

    public T? GetOrDefault(Value key) => TryGet(key, out var value) ? value : default;

    public bool Contains(Value key) => Find(key) >= 0;

    public ValueMap<T> Set(Value key, T value)
    {
        int i = Find(key);
        if (i >= 0)
        {
            if (Same(_entries![i].Value, value))
                return this;
            var changed = Copy(_entries);
            changed[i].Value = value;
            return new(changed);
        }
        int at = ~i, n = Count;
        var entries = new Entry[n + 1];
        if (n > 0)
        {
            Array.Copy(_entries!, entries, at);
            Array.Copy(_entries!, at, entries, at + 1, n - at);
        }
        entries[at].Key = key;
        entries[at].Value = value;
        return new(entries);
    }

    public ValueMap<T> Remove(Value key)
    {
        int i = Find(key);
        if (i < 0)
            return this;
        int n = Count - 1;
        if (n == 0)
            return default;
        var entries = new Entry[n];
        Array.Copy(_entries!, entries, i);
        Array.Copy(_entries!, i + 1, entries, i, n - i);
        return new(entries);
    }

    /// <summary>Keeps what passes; the same map when all does.</summary>
    public ValueMap<T> Where(Func<Value, T, bool> keep)
    {
        if (_entries is null)
            return this;
        Entry[]? kept = null;
        int n = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            bool stays = keep(_entries[i].Key, _entries[i].Value);
            if (!stays && kept is null)
            {
                kept = new Entry[_entries.Length - 1];
                Array.Copy(_entries, kept, i);
            }
            else if (stays && kept is not null)
            {
                kept[n] = _entries[i];
            }
            if (stays)
                n++;
        }
        if (kept is null)
            return this;
        if (n == 0)
            return default;
        Array.Resize(ref kept, n);
        return new(kept);
    }

    /// <summary>Other values for the same keys; the same map when none changes.</summary>
    public ValueMap<T> Select(Func<Value, T, T> change)
    {
        Entry[]? changed = null;
        for (int i = 0; i < Count; i++)
        {
            var before = _entries![i].Value;
            var after = change(_entries[i].Key, before);
            if (changed is null && Same(before, after))
                continue;
            changed ??= Copy(_entries);
            changed[i].Value = after;
        }
        return changed is null ? this : new(changed);
    }

    public bool ContentEquals(ValueMap<T> other)
    {
        if (SameAs(other))
            return true;
        if (Count != other.Count)
            return false;
        for (int i = 0; i < Count; i++)
        {
            if (!ReferenceEquals(_entries![i].Key, other._entries![i].Key) || !Same(_entries[i].Value, other._entries[i].Value))
                return false;
        }
        return true;
    }

    /// <summary>Makes many changes at once: the map is copied at the first, and not at all without one.</summary>
    public struct Editor
    {
        private readonly Entry[]? _original;
        private Entry[]? _entries;
        private int _count;

        public Editor(ValueMap<T> map)
        {
            _original = _entries = map._entries;
            _count = map.Count;
        }

        public bool TryGet(Value key, out T value)
        {
            int i = Find(_entries, _count, key);
            value = i >= 0 ? _entries![i].Value : default!;
            return i >= 0;
        }

        public void Set(Value key, T value)
        {
            int i = Find(_entries, _count, key);
            if (i >= 0)
            {
                if (Same(_entries![i].Value, value))
                    return;
                Own(_count)[i].Value = value;
                return;
            }
            int at = ~i;
            var entries = Own(_count + 1);
            Array.Copy(entries, at, entries, at + 1, _count - at);
            entries[at].Key = key;
            entries[at].Value = value;
            _count++;
        }

        public void Remove(Value key)
        {
            int i = Find(_entries, _count, key);
            if (i < 0)
                return;
            var entries = Own(_count);
            _count--;
            Array.Copy(entries, i + 1, entries, i, _count - i);
        }

        public ValueMap<T> ToMap()
        {
            if (_count == 0)
                return default;
            if (_entries!.Length != _count)
                Array.Resize(ref _entries, _count);
            return new(_entries);
        }

        private Entry[] Own(int room)
        {
            if (ReferenceEquals(_entries, _original) || _entries!.Length < room)
            {
                var own = new Entry[room > _count ? room + room / 2 : room];
                if (_count > 0)
                    Array.Copy(_entries!, own, _count);
                _entries = own;
            }
            return _entries;
        }
    }

    private static Entry[] Copy(Entry[] entries)
    {
        var copy = new Entry[entries.Length];
        Array.Copy(entries, copy, entries.Length);
        return copy;
    }

    private static bool Same(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    private int Find(Value key) => Find(_entries, Count, key);

    private static int Find(Entry[]? entries, int count, Value key)
    {
        int low = 0, high = count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int id = entries![middle].Key.Id;
            if (id == key.Id)
                return middle;
            if (id < key.Id)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private struct Entry
    {
        public Value Key;
        public T Value;
    }
}
