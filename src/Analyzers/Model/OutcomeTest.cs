namespace MmLock.Analyzers.Model;

/// <summary>The outcome that grants; mirrors <c>MmLock.Outcome</c>, with <see cref="Value"/> for <c>OnValue</c>.</summary>
internal enum OutcomeKind
{
    True,
    False,
    NotNull,
    Null,
    Zero,
    NonZero,
    Value,
}

/// <summary>Which outcome of a call an effect depends on.</summary>
/// <param name="ResultOrdinal">The <c>out</c> or <c>ref</c> parameter that carries the outcome; -1 for the return value.</param>
/// <param name="Constant">The constant that <c>OnValue</c> names; boxed as the compiler does.</param>
internal sealed record OutcomeTest(OutcomeKind Kind, int ResultOrdinal = -1, object? Constant = null);
