namespace MmLock.Analyzers.Tests.Rules.Context;

/// <summary>What the stories about contexts share beside the primitives.</summary>
internal static class ContextSources
{
    /// <summary>Locks whose classes say which interrupts take them.</summary>
    public const string Data = """
        public static class Declared
        {
            [LockClass("hard", TakenIn = IrqContext.Hardirq)] public static readonly SpinLock Hard = new();
            [LockClass("soft", TakenIn = IrqContext.Softirq)] public static readonly SpinLock Soft = new();
            [LockClass("none", TakenIn = IrqContext.None)] public static readonly SpinLock None = new();
            [LockClass("hardrw", TakenIn = IrqContext.Hardirq)] public static readonly RwLock HardRw = new();
            [LockClass("hardtoken", TakenIn = IrqContext.Hardirq)] public static readonly Isolation HardToken = new();
            public static readonly SpinLock Silent = new();
        }
        """;
}
