namespace System.Diagnostics.CodeAnalysis;

// The nullable-flow attributes that netstandard2.0 lacks. The compiler knows them by name, so internal copies do.

/// <summary>Null may be passed in although the type says otherwise.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class AllowNullAttribute : Attribute;

/// <summary>The call does not come back.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class DoesNotReturnAttribute : Attribute;

/// <summary>The output may be null although the type says otherwise.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue)]
internal sealed class MaybeNullAttribute : Attribute;

/// <summary>The output may be null when the method returns the given value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class MaybeNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>The return value after which the parameter may be null.</summary>
    public bool ReturnValue { get; } = returnValue;
}

/// <summary>The named members are not null once the method has returned.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
internal sealed class MemberNotNullAttribute(params string[] members) : Attribute
{
    /// <summary>The members promised not to be null.</summary>
    public string[] Members { get; } = members;
}

/// <summary>The output is not null although the type allows it.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue)]
internal sealed class NotNullAttribute : Attribute;

/// <summary>The result is not null if the named parameter is not.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, AllowMultiple = true)]
internal sealed class NotNullIfNotNullAttribute(string parameterName) : Attribute
{
    /// <summary>The parameter whose null-ness the result follows.</summary>
    public string ParameterName { get; } = parameterName;
}

/// <summary>The parameter is not null when the method returns the given value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>The return value after which the parameter is not null.</summary>
    public bool ReturnValue { get; } = returnValue;
}
