using Xunit;

namespace Palermo.Tests.Exchange.Faults;

/// <summary>Sender and receiver of evidence in processes of their own, which are killed at any byte; and a disk that is full.</summary>
public sealed class KilledEvidenceTests
{
    [Fact]
    public Task EvidenceArrivesWholeWhoeverIsKilledAndNothingIsReleasedBefore() => Harness.Run("evidence=4", "size=30");
}
