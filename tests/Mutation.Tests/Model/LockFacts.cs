using System.Linq;
using Microsoft.CodeAnalysis;

namespace MmLock.Mutation.Tests.Model;

/// <summary>What the declaration of a lock says about it.</summary>
/// <param name="Class">The lock class, or the name of a section.</param>
/// <param name="Kind">The kind; sections are contexts.</param>
/// <param name="TakenInInterrupts">Do interrupt handlers take the class?</param>
internal sealed record LockFacts(string Class, LockKind Kind, bool TakenInInterrupts)
{
    /// <summary>Do holders of it wait for one another in a declared order?</summary>
    public bool IsOrdered => Kind is not (LockKind.Context or LockKind.SleepableContext or LockKind.Token);

    public static LockFacts Section(string name) => new(name, LockKind.Context, false);

    /// <summary>The facts of a field, property, parameter or local that is a lock, or null if it is none.</summary>
    public static LockFacts? Of(ISymbol symbol)
    {
        var type = symbol switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IParameterSymbol parameter => parameter.Type,
            ILocalSymbol local => local.Type,
            _ => null,
        };
        var lockType = type?.GetAttributes().FirstOrDefault(a => Contract.Name(a) == nameof(LockTypeAttribute));
        if (lockType is null)
            return null;
        var lockClass = symbol.GetAttributes().FirstOrDefault(a => Contract.Name(a) == nameof(LockClassAttribute));
        var takenIn = lockClass?.NamedArguments.FirstOrDefault(a => a.Key == "TakenIn").Value.Value;
        return new LockFacts(
            lockClass?.ConstructorArguments[0].Value as string ?? $"{symbol.ContainingType?.Name}.{symbol.Name}",
            (LockKind)(int)lockType.ConstructorArguments[0].Value!,
            takenIn is int context && context != (int)IrqContext.None);
    }
}
