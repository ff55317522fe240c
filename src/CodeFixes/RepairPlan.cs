using System.Collections.Generic;

namespace MmLock.CodeFixes;

/// <summary>One idea of how findings are repaired; a code fix is a list of them.</summary>
internal abstract class RepairPlan
{
    /// <summary>
    /// The repairs of this kind that are worth a trial, best first. Of those with one key the first that stands the trial is
    /// offered.
    /// </summary>
    public abstract IEnumerable<Repair> Propose(FindingSite site);
}
