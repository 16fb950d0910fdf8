using System.Text.Json.Serialization;

namespace Palermo.Exchange.Nodes.Trust;

/// <summary>Why a node was not answered (RFC 9457).</summary>
internal sealed record ProblemAnswer(string Type, string? Title, int Status, string? Code);

/// <summary>What <c>GET /exchange/hello</c> says.</summary>
/// <param name="Party">Who answers.</param>
/// <param name="Organization">Name of the organization.</param>
/// <param name="At">The answering node's time.</param>
/// <param name="Registry">The edition of the registry it works with; 0 for none.</param>
/// <param name="Caller">Who asks, as the answering node sees it; null when no certificate was shown.</param>
internal sealed record HelloAnswer(string Party, string Organization, DateTimeOffset At, long Registry, CallerAnswer? Caller);

/// <summary>Who asks.</summary>
/// <param name="Fingerprint">Of the certificate that was shown.</param>
/// <param name="Party">Whose it is; null when nobody's.</param>
/// <param name="Refusal">Why it is not accepted; null when it is.</param>
/// <param name="Text">The same in a sentence.</param>
internal sealed record CallerAnswer(string Fingerprint, string? Party, string? Refusal, string? Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 4)]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(HelloAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
