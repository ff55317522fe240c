using System;

namespace MmLock.Verification;

/// <summary>
/// What a verification found wrong. The only way in which the verifier speaks to a test framework: it throws this.
/// </summary>
/// <param name="message">The whole story: what is wrong, where, and what to paste to expect it.</param>
/// <param name="cause">The exception behind it, where an analyzer or a fix threw one.</param>
public sealed class VerificationException(string message, Exception? cause = null) : Exception(message, cause);
