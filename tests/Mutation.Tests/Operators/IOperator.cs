using System.Collections.Generic;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A way to make mistakes. Each makes only mutants that break a rule by construction, and says why they do.</summary>
internal interface IOperator
{
    /// <summary>What is done to the model.</summary>
    string Name { get; }

    /// <summary>Why every mutant of this kind breaks a rule.</summary>
    string Breaks { get; }

    IEnumerable<Mutant> Of(Body body);
}
