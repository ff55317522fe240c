using System;
using System.Linq;
using MmKernel;

namespace Reproductions;

/// <summary>Runs one bug of the catalogue into its harm. Exit code 0 when the harm was seen, 1 when it was not.</summary>
public static class Program
{
    private static readonly Reproduction[] All =
    [
        new LruLockWithoutClaim(),
        new WaiterKeepsItsReference(),
        new LockPageUnderPtl(),
        new PositionStoredUnderOneFlavour(),
        new RmapRemovedBeforeTheFlush(),
    ];

    /// <summary>The command line: the number of a bug, or <c>list</c>.</summary>
    public static int Main(string[] args)
    {
        string wanted = args.Length == 1 ? args[0] : "list";
        var chosen = All.FirstOrDefault(r => r.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (chosen != null)
            return Run(chosen);
        foreach (var reproduction in All)
            Console.WriteLine($"{reproduction.Name}  {reproduction.Title}");
        return wanted == "list" ? 0 : 2;
    }

    private static int Run(Reproduction chosen)
    {
        Console.WriteLine($"{chosen.Name}: {chosen.Title}");
        // The validator would report the bug before it does its harm: off.
        Machine.Boot(new MachineOptions { Validator = false });
        chosen.Run();
        string? harm = chosen.Harm();
        Console.WriteLine(harm == null ? "nothing broke" : $"BROKEN: {harm}");
        return harm == null ? 1 : 0;
    }
}
