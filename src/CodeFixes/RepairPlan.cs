using System.Collections.Generic;
using System.Collections.Immutable;

namespace MmLock.CodeFixes;

/// <summary>One idea of how findings are repaired; a code fix is a list of them.</summary>
internal abstract class RepairPlan
{
    /// <summary>The kinds of change that it may propose for findings of a rule: <see cref="FixKeys"/>.</summary>
    public abstract ImmutableArray<string> Keys(string id);

    /// <summary>
    /// The repairs of this kind that are worth a trial, best first. Of those with one key the first that stands the trial is
    /// offered.
    /// </summary>
    public abstract IEnumerable<Repair> Propose(FindingSite site);
}
