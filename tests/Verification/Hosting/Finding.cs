using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Verification;

/// <summary>A diagnostic as a test sees it: without the objects of the compilation that it came from.</summary>
internal sealed class Finding
{
    public Finding(Diagnostic diagnostic)
    {
        Diagnostic = diagnostic;
        Message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        Primary = Place.Of(diagnostic.Location);
        Additional = [.. diagnostic.AdditionalLocations.Select(Place.Of)];
        // Two equal texts are two equal findings: reruns are compared by this alone.
        var additional = Additional.IsEmpty ? "" : " [" + string.Join("; ", Additional) + "]";
        var suppressed = IsSuppressed ? " (suppressed)" : "";
        Text = $"{Primary} {Severity.ToString().ToLowerInvariant()} {Id}: {Message}{additional}{suppressed}";
    }

    public Diagnostic Diagnostic { get; }

    public string Id => Diagnostic.Id;

    public DiagnosticSeverity Severity => Diagnostic.Severity;

    public string Message { get; }

    public Place Primary { get; }

    public ImmutableArray<Place> Additional { get; }

    public bool IsSuppressed => Diagnostic.IsSuppressed;

    public TextSpan Span => Diagnostic.Location.SourceSpan;

    public string Text { get; }

    /// <summary>Reported at the end of the compilation, which an editor never reaches.</summary>
    public bool IsBuildOnly => Diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd);

    public bool IsConfigurable => !Diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>By path, start, end, id and text: the order in which everything is compared and shown.</summary>
    public static ImmutableArray<Finding> Sorted(System.Collections.Generic.IEnumerable<Diagnostic> diagnostics)
        =>
        [
            .. diagnostics.Select(diagnostic => new Finding(diagnostic))
                .OrderBy(finding => finding.Primary.Path, System.StringComparer.Ordinal)
                .ThenBy(finding => finding.Span.Start)
                .ThenBy(finding => finding.Span.End)
                .ThenBy(finding => finding.Text, System.StringComparer.Ordinal),
        ];

    public override string ToString() => Text;
}
