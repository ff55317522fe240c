using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Mutation.Tests.Model;

/// <summary>What does a method's contract say? Read from the attributes here, so that the analyzer is not its own judge.</summary>
internal sealed class Contract
{
    private static readonly Dictionary<string, (EffectKind Kind, string? Path, bool Shared)> Words = new()
    {
        [nameof(AcquiresAttribute)] = (EffectKind.Takes, null, false),
        [nameof(AcquiresSharedAttribute)] = (EffectKind.Takes, null, true),
        [nameof(TryAcquiresAttribute)] = (EffectKind.Tries, null, false),
        [nameof(TryAcquiresSharedAttribute)] = (EffectKind.Tries, null, true),
        [nameof(ReleasesAttribute)] = (EffectKind.Releases, null, false),
        [nameof(ReleasesSharedAttribute)] = (EffectKind.Releases, null, true),
        [nameof(DisablesIrqAttribute)] = (EffectKind.Takes, "@irq", false),
        [nameof(SavesIrqAttribute)] = (EffectKind.Takes, "@irq", false),
        [nameof(EnablesIrqAttribute)] = (EffectKind.Releases, "@irq", false),
        [nameof(RestoresIrqAttribute)] = (EffectKind.Releases, "@irq", false),
        [nameof(DisablesPreemptionAttribute)] = (EffectKind.Takes, "@preempt", true),
        [nameof(EnablesPreemptionAttribute)] = (EffectKind.Releases, "@preempt", true),
    };

    private static readonly Dictionary<string, EffectKind> References = new()
    {
        [nameof(AcquiresRefAttribute)] = EffectKind.TakesReference,
        [nameof(TryAcquiresRefAttribute)] = EffectKind.TriesReference,
        [nameof(ReleasesRefAttribute)] = EffectKind.GivesReference,
    };

    private Contract(IMethodSymbol method)
    {
        var attributes = method.GetAttributes();
        Effects =
        [
            .. attributes.Where(a => Words.ContainsKey(Name(a))).SelectMany(EffectsOf),
            .. method.Parameters.SelectMany(p => ReferencesOf(p.GetAttributes(), p.Name)),
            .. ReferencesOf(method.GetReturnTypeAttributes(), "return"),
        ];
        Needs = [.. attributes.Where(a => Name(a) is nameof(MustHoldAttribute) or nameof(MustHoldSharedAttribute)).SelectMany(Paths)];
        NeedsExclusive = [.. attributes.Where(a => Name(a) is nameof(MustHoldAttribute)).SelectMany(Paths)];
        NeedsAny = [.. attributes.Where(a => Name(a) is nameof(MustHoldAnyAttribute)).Select(a => Paths(a).ToImmutableArray())];
        Forbids = [.. attributes.Where(a => Name(a) is nameof(MustNotHoldAttribute)).SelectMany(Paths)];
        RunsInInterrupts = attributes.Any(a => Name(a) is nameof(RunsInAttribute)
            && (int)a.ConstructorArguments[0].Value! == (int)ExecutionContext.Hardirq);
    }

    public ImmutableArray<Effect> Effects { get; }

    public ImmutableArray<string> Needs { get; }

    public ImmutableArray<string> NeedsExclusive { get; }

    public ImmutableArray<ImmutableArray<string>> NeedsAny { get; }

    public ImmutableArray<string> Forbids { get; }

    public bool RunsInInterrupts { get; }

    public static Contract Of(IMethodSymbol method) => new(method.OriginalDefinition);

    public static bool IsTrusted(ISymbol symbol)
        => symbol.GetAttributes().Any(a => Name(a) is nameof(NoLockAnalysisAttribute))
            || (symbol.ContainingType is { } type && IsTrusted(type));

    public static string Name(AttributeData attribute) => attribute.AttributeClass?.Name ?? "";

    /// <summary>The strings of an attribute, as one list; none means the receiver.</summary>
    public static IEnumerable<string> Paths(AttributeData attribute)
    {
        var paths = attribute.ConstructorArguments
            .SelectMany(a => a.Kind == TypedConstantKind.Array ? a.Values : [a])
            .Select(a => a.Value).OfType<string>().ToArray();
        return paths.Length == 0 ? ["this"] : paths;
    }

    private static IEnumerable<Effect> EffectsOf(AttributeData attribute)
    {
        var (kind, path, shared) = Words[Name(attribute)];
        // Done on one outcome only: a try, or a release that no single statement stands for.
        if (attribute.NamedArguments.Any(a => a.Key is "On" or "OnValue") && kind != EffectKind.Tries)
        {
            if (kind == EffectKind.Releases)
                return [];
            kind = EffectKind.Tries;
        }
        return path is null ? Paths(attribute).Select(p => new Effect(kind, p, shared)) : [new Effect(kind, path, shared)];
    }

    private static IEnumerable<Effect> ReferencesOf(ImmutableArray<AttributeData> attributes, string path)
        => attributes.Where(a => References.ContainsKey(Name(a))).Select(a => new Effect(References[Name(a)], path));
}
