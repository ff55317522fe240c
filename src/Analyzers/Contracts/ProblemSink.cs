using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>Where readers leave what is wrong; finds the place in the source for them.</summary>
/// <param name="fixedPlace">One place for everything: the words stand inside an external contract.</param>
internal sealed class ProblemSink(Location? fixedPlace = null)
{
    public List<ContractProblem> Problems { get; } = [];

    public void Add(string ruleId, string message, Annotation word) => Add(ruleId, message, word.Place());

    public void Add(BindFailure failure, Annotation word, int index) =>
        Add(failure.RuleId, failure.Message, word.Place(index, failure.Start, failure.Length));

    public void Add(BindFailure failure, Annotation word, string name) =>
        Add(failure.RuleId, failure.Message, word.Place(name, failure.Start, failure.Length));

    public void Add(string ruleId, string message, Location? place, params Location[] related)
    {
        if ((fixedPlace ?? place) is { } location)
            Problems.Add(new(ruleId, location, message, [.. related]));
    }
}
