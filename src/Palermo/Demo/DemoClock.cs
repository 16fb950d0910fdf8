namespace Palermo.Demo;

/// <summary>A clock that stands where it is put, so that the demonstration's cases have a past.</summary>
internal sealed class DemoClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
