using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>A place marked in a source by <c>[|x|]</c>, <c>{|ID:x|}</c>, <c>{|#0:x|}</c> or <c>$$</c>.</summary>
/// <param name="Span">The marked text, in the source without marks.</param>
/// <param name="Id">The rule expected there; null where the mark names none.</param>
/// <param name="Number">The number by which explicit findings refer to the place.</param>
/// <param name="OpenEnd">Written as <c>$$</c>: the finding begins here, wherever it ends.</param>
internal sealed record SpanMark(TextSpan Span, string? Id = null, int? Number = null, bool OpenEnd = false);
