using System;

namespace MmLock.Mutation.Tests.Runs;

/// <summary>Which mutants are run, and for how long.</summary>
/// <param name="Seed">Decides the sample.</param>
/// <param name="Mutants">How many at most.</param>
/// <param name="Time">After this long no further mutant is begun.</param>
/// <param name="Threads">How many at once.</param>
/// <param name="Log">A file that gets a line for each mutant as soon as it is judged.</param>
/// <param name="Only">A pattern that the text of a mutant has to match.</param>
internal sealed record CampaignOptions(int Seed, int Mutants, TimeSpan Time, int Threads, string? Log, string? Only)
{
    /// <summary>
    /// A sample that takes a minute at most, or everything: <c>MMLOCK_MUTATION=full</c>. <c>MMLOCK_MUTATION_SEED</c> and
    /// <c>MMLOCK_MUTATION_THREADS</c> are numbers, <c>MMLOCK_MUTATION_LOG</c> is a file,
    /// <c>MMLOCK_MUTATION_ONLY</c> is a pattern.
    /// </summary>
    public static CampaignOptions FromEnvironment()
    {
        bool full = Environment.GetEnvironmentVariable("MMLOCK_MUTATION") == "full";
        return new CampaignOptions(
            Number("MMLOCK_MUTATION_SEED", 1),
            full ? int.MaxValue : 200,
            full ? TimeSpan.FromHours(12) : TimeSpan.FromSeconds(60),
            Number("MMLOCK_MUTATION_THREADS", Math.Min(4, Environment.ProcessorCount)),
            Environment.GetEnvironmentVariable("MMLOCK_MUTATION_LOG"),
            Environment.GetEnvironmentVariable("MMLOCK_MUTATION_ONLY"));
    }

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;
}
