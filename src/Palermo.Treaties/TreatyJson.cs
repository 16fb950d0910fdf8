using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Participation;
using Palermo.Treaties.Provisions;
using Palermo.Treaties.About;
using Palermo.Treaties.States;
using Palermo.Treaties.WhatChanged;

namespace Palermo.Treaties;

/// <summary>The module's JSON, the same on the command line and in the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<InstrumentLine>))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(IReadOnlyList<InForceLine>))]
[JsonSerializable(typeof(BasisReport))]
[JsonSerializable(typeof(IReadOnlyList<ParticipantLine>))]
[JsonSerializable(typeof(IReadOnlyList<GrowthStep>))]
[JsonSerializable(typeof(IReadOnlyList<DeclarationLine>))]
[JsonSerializable(typeof(IReadOnlyList<ProvisionLine>))]
[JsonSerializable(typeof(IReadOnlyList<OffenceLine>))]
[JsonSerializable(typeof(IReadOnlyList<MatrixLine>))]
[JsonSerializable(typeof(IReadOnlyList<BilateralLine>))]
[JsonSerializable(typeof(BilateralInput))]
[JsonSerializable(typeof(IReadOnlyList<StateLine>))]
[JsonSerializable(typeof(StateReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(UniversalityReport))]
[JsonSerializable(typeof(KnowledgeReport))]
[JsonSerializable(typeof(ChangesReport))]
internal sealed partial class TreatyJson : JsonSerializerContext
{
    /// <summary>Letters of every script stand as they are; pages are never built from this text.</summary>
    internal static readonly TreatyJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
