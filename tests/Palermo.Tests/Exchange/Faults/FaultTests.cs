using Xunit;

namespace Palermo.Tests.Exchange.Faults;

/// <summary>Nodes in processes of their own, whose lines break and which are killed: the short form of <c>tests/Palermo.Faults</c>.</summary>
public sealed class FaultTests
{
    [Fact]
    public Task TwentyRequestsWithAnswersAreDeliveredExactlyOnceWhateverBreaks() => Harness.Run("requests=20", "scenarios=push,relay", "pace=4", "limit=300");
}
