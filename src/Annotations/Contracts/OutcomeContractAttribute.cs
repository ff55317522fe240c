using System;

namespace MmLock;

/// <summary>A contract that may depend on the outcome of the call: the shape that its kinds share.</summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Delegate,
    AllowMultiple = true, Inherited = false)]
public abstract class OutcomeContractAttribute : Attribute
{
    private protected OutcomeContractAttribute()
    {
    }

    /// <summary>
    /// The outcome on which the effect happens. Left out, a try succeeds on <see cref="Outcome.True"/>, and every
    /// other effect happens on all outcomes.
    /// </summary>
    public Outcome On { get; set; }

    /// <summary>
    /// The <c>out</c> or <c>ref</c> parameter that tells the outcome, if it is not the return value.
    /// </summary>
    public string? Result { get; set; }

    /// <summary>
    /// The enum member or constant that is the outcome (<c>"PAGE_SUCCESS"</c>); it overrides <see cref="On"/>.
    /// </summary>
    public string? OnValue { get; set; }
}
