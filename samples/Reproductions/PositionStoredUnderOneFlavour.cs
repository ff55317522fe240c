using System.Threading;
using HistoricBugs;
using MmKernel;

namespace Reproductions;

/// <summary>
/// <see cref="Bug037_PositionStoredUnderOneFlavour"/>: the walker stands between its tryget and its store, in an RCU reader that the
/// confirmation of the kill does not wait for. The positions are wiped in the gap, the store comes after, the group is freed.
/// </summary>
public sealed class PositionStoredUnderOneFlavour : Reproduction
{
    private readonly ReclaimIter _iter = new();

    /// <inheritdoc/>
    public override string Name => "Bug037";

    /// <inheritdoc/>
    public override string Title => "a walk goes on from a group that was freed";

    /// <inheritdoc/>
    public override void Run()
    {
        MemCgroup group = null!;
        Do("set up", () => group = Cgroup.CgroupMkdir(Memcontrol.RootMemCgroup)!);
        bool between = false, wiped = false;
        Checkpoint.Stop = _ =>
        {
            Step($"the walker has a reference on {group}, and is stopped before it stores the position");
            Volatile.Write(ref between, true);
            Until(() => Volatile.Read(ref wiped));
        };
        var walker = TaskStruct.Start("walker", 1, () =>
        {
            Bug037_PositionStoredUnderOneFlavour.Remember(_iter, group);
            Step("the walker stores it, puts its reference and leaves its reader");
        });
        Until(() => Volatile.Read(ref between));
        Do("destroyer", () =>
        {
            Cgroup.CgroupRmdir(group);
            Rcu.SynchronizeSched();
            Step($"{group} is killed, and an rcu_sched grace period is over: nobody can get a reference any more");
            Rcu.CmpxchgPointer(ref _iter.Position, null, group);
            Step("the positions that name it are wiped; there are none");
            Cgroup.CssPut(group);
        });
        Volatile.Write(ref wiped, true);
        walker.Join();
        Until(() => Cgroup.Freed > 0);
        Step($"the last reference is gone, and an rcu grace period later {group} is freed");
        TaskStruct.Start("next walker", 2, () =>
        {
            Rcu.ReadLock();
            var position = Rcu.Dereference(ref _iter.Position);
            Step($"the next walker finds {position} as the position, and asks it for its lruvec");
            Bug.On(position?.Nodes.Length == 0, "a group without nodes");
            Rcu.ReadUnlock();
        }).Join();
    }
}
