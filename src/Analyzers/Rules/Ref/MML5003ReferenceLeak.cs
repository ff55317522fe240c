using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Rules.Ref;

/// <summary>The last owner of a reference goes without giving it up: at an overwriting assignment or an exit.</summary>
internal sealed class MML5003ReferenceLeak()
    : ReferenceRule(Descriptors.ReferenceLeak, RefProblem.Lost, namesCallee: false, typeof(ExitEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        base.On(happening, verdicts);
        if (happening is not ExitEvent { IsExceptional: false } exit)
            return;
        if (exit.LostReferences.IsEmpty)
            verdicts.Pass(Descriptors.ReferenceLeak, exit.Place);
        foreach (var (value, state) in exit.LostReferences)
        {
            var name = Name(exit, value);
            verdicts.Fail(Descriptors.ReferenceLeak, exit.Place, name, texts =>
                new Finding(Descriptors.ReferenceLeak, exit.Place, string.Join("', '", texts))
                    .At(LocationRole.ReferenceAt, state.Site?.Syntax.GetLocation()).With(DiagnosticProperties.Lock, name));
        }
    }

    /// <summary>The variable that names the object, as the user knows it.</summary>
    private static string Name(ExitEvent exit, Value value)
    {
        for (int i = 0; i < exit.World.Env.Count; i++)
        {
            var place = exit.World.Env.KeyAt(i);
            if (place.Kind == ValueKind.LocalPlace && ReferenceEquals(exit.World.Env.ValueAt(i), value) && place.Symbol is { } variable)
                return variable.Name;
        }
        return value.Symbol?.Name ?? (value.Data as Microsoft.CodeAnalysis.IOperation)?.Syntax.ToString() ?? "object";
    }
}
