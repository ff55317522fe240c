namespace MmLock.Analyzers.Diagnostics;

/// <summary>The chapters of the rule table: category of a descriptor, folder of a rule, its fix and its tests.</summary>
internal static class RuleFamily
{
    /// <summary>The order in which locks are taken.</summary>
    public const string Order = nameof(Order);

    /// <summary>What is held at calls, accesses and exits.</summary>
    public const string Held = nameof(Held);

    /// <summary>RCU readers, pointers and grace periods.</summary>
    public const string Rcu = nameof(Rcu);

    /// <summary>Sleeping, interrupts, preemption.</summary>
    public const string Context = nameof(Context);

    /// <summary>References to counted objects.</summary>
    public const string Ref = nameof(Ref);

    /// <summary>What could be written down.</summary>
    public const string Suggestion = nameof(Suggestion);

    /// <summary>The annotations themselves.</summary>
    public const string Annotation = nameof(Annotation);
}
