using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Ref;

/// <summary>A call needs a reference that was never taken, or only tried; or gives up one that belongs to the caller.</summary>
internal sealed class MML5002ReferenceNotHeld() : ReferenceRule(Descriptors.ReferenceNotHeld, RefProblem.NotHeld, namesCallee: true);
