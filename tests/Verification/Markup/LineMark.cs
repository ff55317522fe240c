using System.Collections.Immutable;

namespace MmLock.Verification;

/// <summary>One finding asked for by a comment at the end of its line: <c>//~ A</c>, <c>//~ A|B</c>, <c>//~? A</c>.</summary>
/// <param name="Line">The line, counted from zero.</param>
/// <param name="Ids">The ids, any one of which answers.</param>
/// <param name="Optional">The finding may be there, and may be missing.</param>
internal sealed record LineMark(int Line, ImmutableArray<string> Ids, bool Optional);
