namespace MmLock.Analyzers.Diagnostics;

/// <summary>
/// One descriptor per id of the rule table, named as the table names it; a family per file.
/// </summary>
/// <remarks>
/// The remarks of each list its arguments by index. "The lock" is made by <see cref="LockWording"/>: the text the user wrote
/// and the class. Where a finding can be so on some paths only, the last argument is the suffix that says it
/// (<see cref="LockWording.Suffix"/>); where it can come about through callees, the one before it is the chain
/// (<see cref="LockWording.Through"/>). Both bring their own leading blank, and are empty when there is nothing to say.
/// A descriptor named <c>...AtBuild</c> is the same rule reported at the end of the compilation: a descriptor reported there
/// must be tagged, and a tagged one is never shown while typing.
/// </remarks>
internal static partial class Descriptors;
