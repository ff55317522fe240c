using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Order;

/// <summary>Where is a class declared?</summary>
internal static class PlaceOf
{
    /// <summary>The field, property or type in source that declares the class.</summary>
    public static Location? Declaration(LockClass? lockClass)
    {
        if (lockClass?.Declaration is not { } symbol)
            return null;
        foreach (var place in symbol.Locations)
        {
            if (place.IsInSource)
                return place;
        }
        return null;
    }
}
