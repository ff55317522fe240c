namespace System.Runtime.CompilerServices;

/// <summary>Lets netstandard2.0 declare records and init-only properties; the compiler only looks for the name.</summary>
internal static class IsExternalInit;
