using System;
using System.IO;

namespace MmLock.ShowBugs;

/// <summary>Where this tool was built: the source tree around it.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path as a reader writes it: from the root, with slashes.</summary>
    public static string NameOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Analyzers.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("This tool does not run inside the repository.");
    }
}
