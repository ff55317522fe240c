using System;

namespace MmLock;

/// <summary>
/// The delegate runs before the call returns, under the caller's locks together with what the callee's contract
/// promises the delegate.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class InvokedHereAttribute : Attribute;
