using System.Collections.Immutable;
using MmLock.Mutation.Tests.Model;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>Every way to make mistakes.</summary>
internal static class AllOperators
{
    public static ImmutableArray<IOperator> List { get; } =
    [
        new DropCall("drop a take", EffectKind.Takes, "the release that follows, or the promise of the contract, finds nothing held"),
        new DropCall("drop a release", EffectKind.Releases, "what was taken stays behind, or is taken again"),
        new DropCall("drop a get", EffectKind.TakesReference, "the reference is given up or handed on all the same"),
        new DropCall("drop a put", EffectKind.GivesReference, "the reference stays behind"),
        new RepeatCall("double a take", EffectKind.Takes, "the lock is held already; a section that nests is left once too little"),
        new RepeatCall("double a release", EffectKind.Releases, "nothing is held any more"),
        new RepeatCall("double a get", EffectKind.TakesReference, "there is one reference more than is given up"),
        new RepeatCall("double a put", EffectKind.GivesReference, "the reference is gone"),
        new ExchangeTakeAndRelease(),
        new SwapNestedTakes(),
        new TakeOutOfOrder(),
        new SleepInside(),
        new ReturnEarly(),
        new TryOutcome(ignore: false),
        new TryOutcome(ignore: true),
        new WeakenMode(whole: false),
        new WeakenMode(whole: true),
        new MoveOut(before: true),
        new MoveOut(before: false),
        new DropSection(),
        new WrongObject(),
        new UseAfterPut(),
        new GetWithoutTry(),
        new PlainRcuAccess(),
        new ForgetResult(),
        new UnlockedLookUp(),
    ];
}
