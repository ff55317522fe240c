using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using Xunit;

namespace MmLock.Analyzers.Tests;

/// <summary>The annotations are the product's public words; models outside this repository are written in them.</summary>
public class AnnotationSurfaceTests
{
    private static readonly Type[] Public = typeof(LockTypeAttribute).Assembly.GetExportedTypes();

    public static TheoryData<Type> Attributes => [.. Public.Where(type => !type.IsAbstract && typeof(Attribute).IsAssignableFrom(type))];

    [Fact]
    public void AttributesAreTheOnesOfTheContract() => Assert.Equal(
        """
        AcquiredAfter AcquiredBefore Acquires AcquiresRef AcquiresShared AssertsHeld AssertsHeldShared AssertsNotHeld
        DisablesBh DisablesIrq DisablesPreemption Downgrades Drops EnablesBh EnablesIrq EnablesPreemption ExternalContract
        Frees FreesAfterGracePeriod Governs GuardedBy InvokedHere LockClass LockHierarchy LockType MayAcquire MaySleep
        MustHold MustHoldAny MustHoldRef MustHoldShared MustNotHold MustNotHoldRef NeverSleeps NoLockAnalysis
        PointeeGuardedBy RcuAccessor RcuGuarded RefCounted Releases ReleasesAny ReleasesRef ReleasesShared RestoresIrq
        ReturnsLock RunsIn SameLock SavesIrq ScopedLock StableUnder TryAcquires TryAcquiresRef TryAcquiresShared
        Unpublishes Unreferenced Upgrades WaitsForReaders WriteGuardedBy
        """.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries),
        Attributes.Select(row => row.Data.Name[..^"Attribute".Length]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Attributes))]
    public void AttributesStayInMetadata(Type attribute)
    {
        Assert.Empty(attribute.GetCustomAttributes<ConditionalAttribute>(inherit: true));
        Assert.Equal("MmLock", attribute.Namespace);
        Assert.True(attribute.IsSealed);
    }

    // A source that declares the enums itself numbers them in the order of the contract, so ours must too.
    [Theory]
    [InlineData(typeof(LockKind), "RawSpin Spin ReaderWriterSpin Mutex ReaderWriterSemaphore Bit Sequence Context SleepableContext Token")]
    [InlineData(typeof(LockNesting), "None Ordered")]
    [InlineData(typeof(IrqContext), "None Softirq Hardirq")]
    [InlineData(typeof(Outcome), "True False NotNull Null Zero NonZero")]
    [InlineData(typeof(ExecutionContext), "Process Softirq Hardirq Any")]
    [InlineData(typeof(RcuRole), "Dereference DereferenceProtected DereferenceCheck Peek Assign Initialize")]
    public void EnumsAreNumberedInTheOrderOfTheContract(Type type, string names)
    {
        Assert.Equal(names, string.Join(" ", Enum.GetNames(type)));
        Assert.Equal(Enumerable.Range(0, names.Split(' ').Length), Enum.GetValues(type).Cast<object>().Select(Convert.ToInt32));
    }
}
