using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Ref;

/// <summary>An object is used, or released once more, after its last reference was given up: it may be freed already.</summary>
internal sealed class MML5001UseAfterRelease() : ReferenceRule(Descriptors.UseAfterRelease, RefProblem.UsedAfterRelease, namesCallee: false);
