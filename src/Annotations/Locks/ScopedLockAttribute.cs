using System;

namespace MmLock;

/// <summary>
/// Instances are guards: the constructor or factory acquires, and <c>Dispose()</c> releases what the guard still
/// holds.
/// </summary>
/// <remarks>
/// On the guard's other methods <see cref="AcquiresAttribute"/>, <see cref="ReleasesAttribute"/> and their kin
/// without an expression mean the locks it governs: early release, retake.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ScopedLockAttribute : Attribute;
