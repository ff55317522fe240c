using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>What is wrong with one word of an annotation, and where in its text.</summary>
/// <param name="Text">The word: an expression, a class, a parameter.</param>
/// <param name="Nearest">What was probably meant.</param>
internal sealed record BindFailure(
    ContractDefect Defect, string Text, string Message, int Start, int Length, string? Nearest = null)
{
    /// <summary>MML9001.</summary>
    public static BindFailure Bad(string text, string message, string? nearest = null) =>
        new(ContractDefect.BadExpression, text, message, 0, text.Length, nearest);
}

/// <summary>Where readers leave what is wrong; finds the place in the source for them.</summary>
/// <param name="fixedPlace">One place for everything: the words stand inside an external contract.</param>
internal sealed class ProblemSink(Location? fixedPlace = null)
{
    public List<ContractProblem> Problems { get; } = [];

    /// <summary>About the whole attribute.</summary>
    public void Add(BindFailure failure, Annotation word) => Add(failure, word, word.Place());

    /// <summary>About a positional argument.</summary>
    public void Add(BindFailure failure, Annotation word, int index) =>
        Add(failure, word, word.Place(index, failure.Start, failure.Length));

    /// <summary>About a named argument.</summary>
    public void Add(BindFailure failure, Annotation word, string name) =>
        Add(failure, word, word.Place(name, failure.Start, failure.Length));

    private void Add(BindFailure failure, Annotation word, Location? place)
    {
        if ((fixedPlace ?? place) is not { } location)
            return;
        Problems.Add(new(failure.Defect, location, failure.Text, failure.Message, [])
        {
            Attribute = $"[{word.Name}]",
            Nearest = failure.Nearest,
        });
    }
}
