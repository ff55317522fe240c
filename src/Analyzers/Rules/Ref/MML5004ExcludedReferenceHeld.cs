using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Ref;

/// <summary>Waits or calls while owning a reference that the contract excludes: migration waits for every reference to go.</summary>
internal sealed class MML5004ExcludedReferenceHeld() : ReferenceRule(Descriptors.ExcludedReferenceHeld, RefProblem.Excluded, namesCallee: true);
