namespace MmLock.Mutation.Tests.Model;

/// <summary>What a call does to a lock, a section or a reference.</summary>
internal enum EffectKind
{
    Takes,
    Tries,
    Releases,
    TakesReference,
    TriesReference,
    GivesReference,
}

/// <summary>One effect of a contract: of a method in its own terms, of a call in the caller's.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Path">To what: a lock expression, or the text of a place at the call.</param>
/// <param name="Shared">Among readers.</param>
internal readonly record struct Effect(EffectKind Kind, string Path, bool Shared = false)
{
    public bool IsLock => Kind is EffectKind.Takes or EffectKind.Tries or EffectKind.Releases;
}
