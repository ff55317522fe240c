using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;

namespace MmLock.Analyzers.Tests.Rules;

/// <summary>What the stories of the Order and Held families and of plain locks share.</summary>
internal static class LockScene
{
    /// <summary>One lock of each kind, guards over them, and an outside that cannot be looked into.</summary>
    public const string Primitives = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.Diagnostics.CodeAnalysis;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MmLock;
        global using Scene;

        namespace Scene;

        [LockType(LockKind.Mutex), NoLockAnalysis("primitive")]
        public sealed class Gate
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => Outside.Flip();
            [TryAcquires(On = Outcome.False)] public bool IsBusy() => Outside.Flip();
            [TryAcquires(On = Outcome.Zero)] public int TryLockError() => Outside.Number();
            [TryAcquires(On = Outcome.NonZero)] public int TryLockCount() => Outside.Number();
            [TryAcquires(On = Outcome.NotNull)] public object? TryTicket() => null;
            [TryAcquires(On = Outcome.Null)] public Exception? TryFault() => null;
            [TryAcquires(Result = "taken")] public void TryLock(out bool taken) { taken = Outside.Flip(); }
            [TryAcquires(OnValue = "Won")] public Bid TryBid() => Bid.Won;
            [TryAcquires(On = Outcome.Zero, Waits = true)] public int LockKillable() => Outside.Number();
            [AssertsHeld] public void AssertHeld() { }
            [AssertsNotHeld] public void AssertFree() { }
            [Acquires] public Hold Enter() => new(this);
        }

        public enum Bid { Lost, Won, Void }

        [LockType(LockKind.ReaderWriterSemaphore), NoLockAnalysis("primitive")]
        public sealed class RwSem
        {
            [Acquires] public void DownWrite() { }
            [Releases] public void UpWrite() { }
            [AcquiresShared] public void DownRead() { }
            [ReleasesShared] public void UpRead() { }
            [ReleasesAny] public void Up() { }
            [TryAcquires] public bool TryDownWrite() => Outside.Flip();
            [TryAcquiresShared] public bool TryDownRead() => Outside.Flip();
            [Upgrades] public void Upgrade() { }
            [Downgrades] public void Downgrade() { }
            [AssertsHeld] public void AssertWriting() { }
            [AssertsHeldShared] public void AssertReading() { }
        }

        [LockType(LockKind.Spin), NoLockAnalysis("primitive")]
        public sealed class Spin
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => Outside.Flip();
            [Acquires, DisablesIrq] public void LockIrq() { }
            [Releases, EnablesIrq] public void UnlockIrq() { }
            [Acquires, SavesIrq("flags")] public void LockIrqsave(out ulong flags) { flags = 0; }
            [TryAcquires, SavesIrq("flags", On = Outcome.True)] public bool TryLockIrqsave(out ulong flags) { flags = 0; return Outside.Flip(); }
            [Releases, RestoresIrq("flags")] public void UnlockIrqrestore(ulong flags) { }
            [AssertsHeld] public void AssertHeld() { }
        }

        [LockType(LockKind.RawSpin), NoLockAnalysis("primitive")]
        public sealed class RawSpin
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => Outside.Flip();
        }

        [LockType(LockKind.ReaderWriterSpin), NoLockAnalysis("primitive")]
        public sealed class RwSpin
        {
            [Acquires] public void WriteLock() { }
            [Releases] public void WriteUnlock() { }
            [AcquiresShared] public void ReadLock() { }
            [ReleasesShared] public void ReadUnlock() { }
        }

        [LockType(LockKind.Bit), NoLockAnalysis("primitive")]
        public sealed class PageBit
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => Outside.Flip();
        }

        [LockType(LockKind.Sequence), NoLockAnalysis("primitive")]
        public sealed class SeqLock
        {
            [Acquires] public void WriteBegin() { }
            [Releases] public void WriteEnd() { }
            [AcquiresShared] public uint ReadBegin() => 0;
            [ReleasesShared] public bool ReadRetry(uint sequence) => false;
        }

        [LockType(LockKind.Token), NoLockAnalysis("primitive")]
        public sealed class Token
        {
            [Acquires] public void Take() { }
            [Releases] public void Give() { }
            [TryAcquires] public bool TryTake() => Outside.Flip();
        }

        [LockType(LockKind.Context), NoLockAnalysis("primitive")]
        public sealed class Section
        {
            [AcquiresShared] public void Enter() { }
            [ReleasesShared] public void Leave() { }
        }

        [LockType(LockKind.SleepableContext), NoLockAnalysis("primitive")]
        public sealed class Srcu
        {
            [AcquiresShared] public void ReadLock() { }
            [ReleasesShared] public void ReadUnlock() { }
        }

        [LockType(LockKind.Mutex, Reentrant = true), NoLockAnalysis("primitive")]
        public sealed class NestGate
        {
            [Acquires] public void Lock() { }
            [Releases] public void Unlock() { }
            [TryAcquires] public bool TryLock() => Outside.Flip();
            [AssertsHeld] public void AssertHeld() { }
        }

        [LockType(LockKind.Mutex, ThreadAffine = false), NoLockAnalysis("primitive")]
        public sealed class AsyncGate
        {
            [Acquires] public void Lock() { }
            [Acquires] public Task LockAsync() => Task.CompletedTask;
            [Releases] public void Unlock() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Rcu
        {
            [AcquiresShared("@rcu")] public static void ReadLock() { }
            [ReleasesShared("@rcu")] public static void ReadUnlock() { }
        }

        [NoLockAnalysis("primitive")]
        public static class Irq
        {
            [DisablesIrq] public static void Disable() { }
            [EnablesIrq] public static void Enable() { }
            [SavesIrq("return")] public static ulong Save() => 0;
            [RestoresIrq("flags")] public static void Restore(ulong flags) { }
            [DisablesPreemption] public static void PreemptDisable() { }
            [EnablesPreemption] public static void PreemptEnable() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public sealed class Hold : IDisposable
        {
            [Acquires("gate")] public Hold(Gate gate) { }
            public void Dispose() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public ref struct StackHold
        {
            [Acquires("gate")] public StackHold(Gate gate) { }
            public void Dispose() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public sealed class ReadHold : IDisposable
        {
            [AcquiresShared("sem")] public ReadHold(RwSem sem) { }
            public void Dispose() { }
        }

        [ScopedLock, NoLockAnalysis("primitive")]
        public sealed class LooseHold : IDisposable
        {
            private LooseHold() { }
            [Acquires("gate")] public static LooseHold Take(Gate gate) => new();
            [Governs("gate")] public static LooseHold Over(Gate gate) => new();
            [TryAcquires("gate", On = Outcome.NotNull)] public static LooseHold? Try(Gate gate) => null;
            [Releases] public void Release() { }
            [Acquires] public void Retake() { }
            [TryAcquires] public bool TryRetake() => Outside.Flip();
            public void Dispose() { }
        }

        [NoLockAnalysis("stub")]
        public static class Outside
        {
            public static bool Flip() => Environment.TickCount % 2 == 0;
            public static int Number() => Environment.TickCount;
            public static void Use(object? value) { }
            public static void Use(int value) { }
            public static void Later(Action action) { }
            public static void Now([InvokedHere] Action action) => action();
            [DoesNotReturn] public static void Abort() => throw new InvalidOperationException();
        }
        """;

    /// <summary>The marks of a story are exactly what the rules of bodies and of declarations say of it.</summary>
    public static Task Marked(
        string source, string? editorConfig = null, OutputKind outputKind = OutputKind.DynamicallyLinkedLibrary)
        => new LockVerifier(new LockFlowAnalyzer(), new DeclarationAnalyzer())
        {
            EditorConfig = editorConfig,
            OutputKind = outputKind,
        }.Check(source, Primitives);

    /// <summary>The findings described are exactly what is said of a story.</summary>
    public static Task Told(string source, params ExpectedFinding[] expected)
        => new LockVerifier(new LockFlowAnalyzer(), new DeclarationAnalyzer()) { Expected = expected }.Check(source, Primitives);

    /// <summary>A finding to be described.</summary>
    public static ExpectedFinding Finding(string id) => new(id);
}
