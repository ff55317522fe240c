namespace MmLock.Verification;

/// <summary>A file of a test.</summary>
/// <param name="Path">Its name; one that does not begin with <c>/</c> is put into the folder of its project.</param>
/// <param name="Text">Its text, with marks where it is C#.</param>
public sealed record SourceFile(string Path, string Text);
