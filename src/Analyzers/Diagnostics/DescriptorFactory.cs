using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>
/// The only caller of the descriptor's constructor: every rule gets its help link and its tags here.
/// </summary>
/// <remarks>
/// The parameters carry the names of the constructor's, because release tracking (RS2000-2008) reads the arguments of a
/// helper by those names.
/// </remarks>
internal static class DescriptorFactory
{
    /// <summary>Where the pages of the rules are; <c>{0}</c> is the id.</summary>
    public const string HelpLinkFormat = "https://github.com/mmlock/mmlock/blob/main/docs/rules/{0}.md";

    /// <summary>A descriptor of the rule table.</summary>
    public static DiagnosticDescriptor Create(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        string description,
        bool isEnabledByDefault = true,
        params string[] customTags) =>
#pragma warning disable RS0030 // Banned everywhere else.
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, HelpLink(id), customTags);
#pragma warning restore RS0030

    /// <summary>
    /// The twin that the end of the compilation reports: all users see of it is the same rule.
    /// </summary>
    public static DiagnosticDescriptor AtBuild(DiagnosticDescriptor live) => Create(
        live.Id,
        live.Title.ToString(),
        live.MessageFormat.ToString(),
        live.Category,
        live.DefaultSeverity,
        live.Description.ToString(),
        live.IsEnabledByDefault,
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The address of a rule's page.</summary>
    public static string HelpLink(string id) => HelpLinkFormat.Replace("{0}", id);
}
