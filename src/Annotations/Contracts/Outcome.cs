namespace MmLock;

/// <summary>
/// The outcome of a call on which an effect happens: of its return value, or of the <c>out</c> or <c>ref</c>
/// parameter that <c>Result</c> names.
/// </summary>
public enum Outcome
{
    /// <summary>It is <see langword="true"/>.</summary>
    True,

    /// <summary>It is <see langword="false"/>.</summary>
    False,

    /// <summary>It is not null: a look-up that returns its object locked.</summary>
    NotNull,

    /// <summary>It is null.</summary>
    Null,

    /// <summary>It is zero: the kernel's success (<c>down_read_killable()</c>).</summary>
    Zero,

    /// <summary>It is not zero: an error number, or a count.</summary>
    NonZero,
}
