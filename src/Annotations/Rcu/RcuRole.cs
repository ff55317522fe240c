namespace MmLock;

/// <summary>What an accessor does with an RCU pointer.</summary>
public enum RcuRole
{
    /// <summary>Reads it to follow it, inside a reader: <c>rcu_dereference()</c>.</summary>
    Dereference,

    /// <summary>Reads it to follow it, under the update lock: <c>rcu_dereference_protected()</c>.</summary>
    DereferenceProtected,

    /// <summary>
    /// Reads it to follow it, inside a reader or under the update lock: <c>rcu_dereference_check()</c>.
    /// </summary>
    DereferenceCheck,

    /// <summary>Reads it to compare it, never to follow it: <c>rcu_access_pointer()</c>.</summary>
    Peek,

    /// <summary>
    /// Publishes a new value, under the update lock: <c>rcu_assign_pointer()</c>. What it held before is unpublished.
    /// </summary>
    Assign,

    /// <summary>Sets it in an object that no reader can reach yet: <c>RCU_INIT_POINTER()</c>.</summary>
    Initialize,
}
