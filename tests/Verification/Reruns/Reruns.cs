using System;

namespace MmLock.Verification;

/// <summary>The other ways in which a verification looks at its input.</summary>
[Flags]
public enum Reruns
{
    /// <summary>In none: the first run is the only one.</summary>
    None = 0,

    /// <summary>With the trees in another order and without concurrency: the same findings.</summary>
    Order = 1,

    /// <summary>With <c>#pragma warning disable</c> of every rule on top: no findings.</summary>
    Pragma = 2,

    /// <summary>With an <c>&lt;auto-generated&gt;</c> header: no findings.</summary>
    Generated = 4,

    /// <summary>As an editor asks, file by file: the same findings but those of rules that need the whole build.</summary>
    Live = 8,

    /// <summary>With referenced projects as compiled assemblies: what the test says holds again.</summary>
    Image = 16,

    /// <summary>In all of them.</summary>
    All = Order | Pragma | Generated | Live | Image,
}
