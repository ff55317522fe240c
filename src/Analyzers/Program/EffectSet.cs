using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>The effects of one method while they are gathered: each once, by the shortest way.</summary>
internal sealed class EffectSet
{
    /// <summary>Objects of one class that are told apart in one method; further ones are some lock of the class.</summary>
    public const int ObjectsPerClass = 8;

    private readonly List<AcquireEffect> _acquires = [];
    private readonly List<SleepEffect> _sleeps = [];
    private readonly Dictionary<Key, int> _places = [];
    private readonly Dictionary<string, int> _objects = new(StringComparer.Ordinal);

    /// <summary>True when it was not known before.</summary>
    public bool Add(AcquireEffect effect)
    {
        var key = new Key(effect);
        if (!_places.ContainsKey(key) && effect.Lock is { Path: { IsNameable: true } path, Class: { } lockClass })
        {
            _objects.TryGetValue(lockClass.Id, out int known);
            if (known >= ObjectsPerClass)
            {
                effect = effect with { Lock = CallSubstitution.With(effect.Lock, path, LockIdentity.Unknown) };
                key = new Key(effect);
            }
            else
            {
                _objects[lockClass.Id] = known + 1;
            }
        }
        return Add(_acquires, key, effect);
    }

    /// <summary>True when it was not known before.</summary>
    public bool Add(SleepEffect effect) => Add(_sleeps, new Key(effect), effect);

    public CalleeEffects ToEffects() =>
        _acquires.Count == 0 && _sleeps.Count == 0 ? CalleeEffects.None : new([.. _acquires], [.. _sleeps]);

    private bool Add<T>(List<T> effects, Key key, T effect)
        where T : CalleeEffect
    {
        if (!_places.TryGetValue(key, out int place))
        {
            _places.Add(key, effects.Count);
            effects.Add(effect);
            return true;
        }
        if (CallChain.LengthOf(effect.Chain) < CallChain.LengthOf(effects[place].Chain))
            effects[place] = effect;
        return false;
    }

    /// <summary>What makes two effects one: all but the way and the place.</summary>
    private readonly struct Key : IEquatable<Key>
    {
        private readonly CalleeEffect _effect;
        private readonly int _hash;

        public Key(CalleeEffect effect)
        {
            _effect = effect;
            int hash = effect.IsLocal ? 1 : 0;
            if (effect is AcquireEffect taken)
            {
                hash = unchecked(hash * 31 + (taken.Lock.Path?.GetHashCode() ?? 0));
                hash = unchecked(hash * 31 + (taken.Lock.Class?.GetHashCode() ?? 0));
                hash = unchecked(hash * 31 + (int)taken.Mode + (taken.IsTry ? 4 : 0) + (taken.IrqOff ? 8 : 0) + (taken.BhOff ? 16 : 0));
                hash = unchecked(hash * 31 + taken.Under.Length + 8 * taken.Inside.Length);
            }
            _hash = unchecked(hash * 31 + effect.Released.Length);
        }

        public bool Equals(Key other)
        {
            if (_effect.IsLocal != other._effect.IsLocal || !SameLocks(_effect.Released, other._effect.Released))
                return false;
            if (_effect is not AcquireEffect a || other._effect is not AcquireEffect b)
                return _effect is SleepEffect && other._effect is SleepEffect;
            return a.Mode == b.Mode && a.IsTry == b.IsTry && a.IrqOff == b.IrqOff && a.BhOff == b.BhOff
                && SameLock(a.Lock, b.Lock) && SameLocks(a.Under, b.Under) && SameInside(a.Inside, b.Inside)
                && a.When.AsSpan().SequenceEqual(b.When.AsSpan());
        }

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;

        private static bool SameLocks(ImmutableArray<PortableLock> a, ImmutableArray<PortableLock> b)
        {
            if (a.Length != b.Length)
                return false;
            for (int i = 0; i < a.Length; i++)
            {
                if (!SameLock(a[i], b[i]))
                    return false;
            }
            return true;
        }

        private static bool SameInside(ImmutableArray<HeldInside> a, ImmutableArray<HeldInside> b)
        {
            if (a.Length != b.Length)
                return false;
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i].AreClassesJudged != b[i].AreClassesJudged || a[i].Held.Mode != b[i].Held.Mode || !SameLock(a[i].Held.Lock, b[i].Held.Lock))
                    return false;
            }
            return true;
        }

        private static bool SameLock(PortableLock a, PortableLock b) =>
            Equals(a.Path, b.Path) && a.Context == b.Context && Equals(a.ByClass, b.ByClass) && Equals(a.Class, b.Class);
    }
}
