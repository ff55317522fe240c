namespace MmLock.Analyzers.Flow.Events;

/// <summary>Where the engine speaks to after its fixpoint.</summary>
internal interface IFlowEventSink
{
    void On(FlowEvent happening);
}
