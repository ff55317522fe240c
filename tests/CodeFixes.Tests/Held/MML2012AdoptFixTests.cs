using System.Threading.Tasks;
using Xunit;
using Converted = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.LockFlowAnalyzer, MmLock.CodeFixes.Held.MML2012AdoptFix>;
using Verify = MmLock.Verification.LockFixVerifier<MmLock.Analyzers.Hosts.DeclarationAnalyzer, MmLock.CodeFixes.Held.MML2012AdoptFix>;

namespace MmLock.CodeFixes.Tests.Held;

public class MML2012AdoptFixTests
{
    private const string Demanding = """
        using MmLock;

        public abstract class Mapping
        {
            protected readonly SpinLock _private = new();

            public abstract void Move();
        }

        public sealed class Buffers : Mapping
        {
            // Runs often.
            [MustHold("_private")]
            public override void Move() { } //~ MML2012
        }

        public sealed class Blocks : Mapping
        {
            [System.Obsolete, MustHold("_private")] public override void Move() { } //~ MML2012
        }

        """ + Scene.SpinLock;

    [Fact]
    public Task OverrideThatDemandsMore_InheritsAgain() => Verify.Fixes(
        FixKeys.AdoptBaseContract,
        Demanding,
        """
        using MmLock;

        public abstract class Mapping
        {
            protected readonly SpinLock _private = new();

            public abstract void Move();
        }

        public sealed class Buffers : Mapping
        {
            // Runs often.
            public override void Move() { }
        }

        public sealed class Blocks : Mapping
        {
            [System.Obsolete] public override void Move() { }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task OrTheBaseDemandsItToo() => Verify.Fixes(
        FixKeys.AdoptOverrideContract,
        Demanding,
        """
        using MmLock;

        public abstract class Mapping
        {
            protected readonly SpinLock _private = new();

            [MustHold("_private")]
            public abstract void Move();
        }

        public sealed class Buffers : Mapping
        {
            // Runs often.
            [MustHold("_private")]
            public override void Move() { }
        }

        public sealed class Blocks : Mapping
        {
            [System.Obsolete, MustHold("_private")] public override void Move() { }
        }

        """ + Scene.SpinLock);

    [Fact]
    public Task BaseInAnotherFile_IsChangedThere() => new Verify { Key = FixKeys.AdoptOverrideContract }.CheckFix(
        [
            """
            public interface IMapping
            {
                /// <summary>Copies.</summary>
                void Copy();

                [MmLock.NeverSleeps] void Move();
            }
            """,
            """
            using MmLock;

            public sealed class Buffers : IMapping
            {
                public readonly SpinLock Private = new();

                public void Copy() { }

                [MaySleep]
                public void Move() { } //~ MML2012
            }

            """ + Scene.SpinLock,
        ],
        [
            """
            public interface IMapping
            {
                /// <summary>Copies.</summary>
                void Copy();

                [MmLock.MaySleep] void Move();
            }
            """,
            """
            using MmLock;

            public sealed class Buffers : IMapping
            {
                public readonly SpinLock Private = new();

                public void Copy() { }

                [MaySleep]
                public void Move() { }
            }

            """ + Scene.SpinLock,
        ]);

    [Fact]
    public Task MethodThatDemandsALock_IsCalledUnderIt() => Converted.Fixes(
        """
        using System;
        using MmLock;

        public sealed class Oven
        {
            private readonly object _door = new();
            private Func<int, int>? _later;

            public void Plan() => _later = Bake; //~ MML2012

            [MustHold("_door")] public int Bake(int loaves) => loaves;
        }
        """,
        """
        using System;
        using MmLock;

        public sealed class Oven
        {
            private readonly object _door = new();
            private Func<int, int>? _later;

            public void Plan() => _later = (arg) => { lock (_door) { return Bake(arg); } };

            [MustHold("_door")] public int Bake(int loaves) => loaves;
        }
        """);

    [Fact]
    public Task DelegateType_SaysWhatTheMethodDemands() => new Converted { Key = FixKeys.AdoptOverrideContract }.CheckFix(
        """
        using MmLock;

        public delegate void Work(Oven oven);

        public sealed class Oven
        {
            public readonly object Door = new();
            private Work? _later;

            public void Plan() => _later = Bake; //~ MML2012

            [MustHold("oven.Door")] public static void Bake(Oven oven) { }
        }
        """,
        """
        using MmLock;

        [MustHold("oven.Door")]
        public delegate void Work(Oven oven);

        public sealed class Oven
        {
            public readonly object Door = new();
            private Work? _later;

            public void Plan() => _later = Bake;

            [MustHold("oven.Door")] public static void Bake(Oven oven) { }
        }
        """);
}
