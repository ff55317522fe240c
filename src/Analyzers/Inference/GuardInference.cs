using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Inference;

/// <summary>A guard that a field seems to have.</summary>
/// <param name="Expression">The lock, as an attribute on the field would spell it.</param>
/// <param name="Holding">The accesses that hold it.</param>
/// <param name="All">All accesses outside constructors.</param>
/// <param name="Without">Those that do not hold it.</param>
internal sealed record InferredGuard(IFieldSymbol Field, string Expression, int Holding, int All, IReadOnlyList<Location> Without);

/// <summary>Which fields are nearly always touched under one lock, without anybody having said so?</summary>
/// <remarks>
/// Bodies in which nothing speaks of locks leave no record, so before anything is claimed the text is asked for further
/// mentions of the field: each counts as an access that holds nothing.
/// </remarks>
internal static class GuardInference
{
    /// <summary>Fewer accesses are no evidence.</summary>
    public const int FewestAccesses = 5;

    /// <summary>How many of a hundred accesses must hold the lock.</summary>
    public const int Percentage = 80;

    public static IEnumerable<InferredGuard> Find(
        IReadOnlyList<BodyRecord> records, ContractCache contracts, CancellationToken cancellation)
    {
        var byField = new Dictionary<IFieldSymbol, List<FieldAccessRecord>>(SymbolEqualityComparer.Default);
        var order = new List<IFieldSymbol>();
        foreach (var record in records)
        {
            if (record.Accesses.IsEmpty || IsExempt(record))
                continue;
            foreach (var access in record.Accesses)
            {
                if (access.Field.OriginalDefinition is not IFieldSymbol field)
                    continue;
                if (!byField.TryGetValue(field, out var list))
                {
                    byField.Add(field, list = []);
                    order.Add(field);
                }
                list.Add(access);
            }
        }
        var candidates = new List<Candidate>();
        foreach (var field in order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsCandidate(field) && Best(field, byField[field]) is { } candidate && IsPlainData(field, contracts))
                candidates.Add(candidate);
        }
        if (candidates.Count == 0)
            yield break;
        var mentions = new FieldMentions(candidates.Select(static one => one.Field), contracts.Compilation, cancellation);
        foreach (var candidate in candidates)
        {
            if (mentions.Find(candidate.Field, candidate.Places, cancellation) is not { } unrecorded)
                continue;
            int all = candidate.Places.Count + unrecorded.Count;
            if (IsEnough(candidate.Holding, all))
                yield return new InferredGuard(
                    candidate.Field, candidate.Expression, candidate.Holding, all, [.. candidate.Without, .. unrecorded]);
        }
    }

    /// <summary>The lock that most of the recorded accesses hold, where they are enough.</summary>
    private static Candidate? Best(IFieldSymbol field, List<FieldAccessRecord> accesses)
    {
        if (accesses.Exists(static access => access.IsInterlocked) || !accesses.Exists(static access => access.IsWrite))
            return null;
        // One place may be reached with different holdings: it holds what it always holds.
        var places = accesses.GroupBy(static access => access.Location).ToArray();
        if (places.Length < FewestAccesses)
            return null;
        var holding = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            foreach (var expression in Guards(place.First()).Where(one => place.All(access => Guards(access).Contains(one))).Distinct())
                holding[expression] = holding.TryGetValue(expression, out int known) ? known + 1 : 1;
        }
        string? best = null;
        foreach (var pair in holding)
        {
            if (best is null || pair.Value > holding[best])
                best = pair.Key;
        }
        if (best is null || !IsEnough(holding[best], places.Length))
            return null;
        var without = places.Where(place => !place.All(access => Guards(access).Contains(best)));
        return new Candidate(
            field, best, holding[best], [.. places.Select(static place => place.Key)], [.. without.Select(static place => place.Key)]);
    }

    private static bool IsEnough(int holding, int all) => holding * 100 >= all * Percentage;

    /// <summary>The locks that would do as a guard for this access: to write, one must be alone.</summary>
    private static IEnumerable<string> Guards(FieldAccessRecord access) =>
        access.Held.Where(guard => !access.IsWrite || guard.Mode == LockMode.Exclusive).Select(static guard => guard.Expression);

    private static bool IsCandidate(IFieldSymbol field) =>
        !field.IsConst && !field.IsReadOnly && !field.IsVolatile && !field.IsImplicitlyDeclared && field.AssociatedSymbol is null
        && field.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal
        && field.Locations.Any(static place => place.IsInSource);

    private static bool IsPlainData(IFieldSymbol field, ContractCache contracts) =>
        contracts.Field(field).IsEmpty && contracts.LockTypeOf(field.Type) is null;

    private static bool IsExempt(BodyRecord record) =>
        record.Method is null
        || record.Method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor;

    /// <summary>A field whose recorded accesses speak for a guard.</summary>
    private sealed record Candidate(
        IFieldSymbol Field, string Expression, int Holding, IReadOnlyList<Location> Places, IReadOnlyList<Location> Without);
}
