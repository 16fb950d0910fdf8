using System.Text.Json;
using System.Text.Json.Serialization;

namespace Palermo.Web;

/// <summary>The world's outlines from Natural Earth, as <c>wwwroot/world.json</c> holds them.</summary>
/// <param name="ViewBox">The drawing's box.</param>
/// <param name="Shapes">Land with its ISO 3166-1 numeric code; empty where there is none.</param>
/// <param name="Points">States and territories too small for a shape.</param>
public sealed record WorldShapes(string ViewBox, IReadOnlyList<WorldShapes.Shape> Shapes, IReadOnlyList<WorldShapes.Point> Points)
{
    /// <summary>One piece of land.</summary>
    public sealed record Shape(string Numeric, string Path);

    /// <summary>One small state or territory.</summary>
    public sealed record Point(string Numeric, double X, double Y);

    /// <summary>Reads the file; an empty map when the assets have not been built.</summary>
    public static WorldShapes Read(string file)
    {
        if (!File.Exists(file)) return new WorldShapes("0 0 960 500", [], []);
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize(stream, WorldJson.Default.WorldShapes)!;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorldShapes))]
internal sealed partial class WorldJson : JsonSerializerContext;

/// <summary>What a map says of one state.</summary>
/// <param name="Class">Class of the drawing: <c>s-yes</c>, <c>s-pending</c>, <c>s-signed</c>, <c>s-no</c> or <c>s-unknown</c>.</param>
/// <param name="Title">What appears when pointing at it, in the reader's language.</param>
public readonly record struct MapCell(string Class, string Title);
