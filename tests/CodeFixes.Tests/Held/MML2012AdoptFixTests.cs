using System.Threading.Tasks;
using Xunit;
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
}
