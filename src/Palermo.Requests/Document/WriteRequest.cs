using System.Text.Json;

namespace Palermo.Requests.Document;

/// <summary>Writes a request as JSON of the schema <c>palermo-request/1</c>.</summary>
public static class WriteRequest
{
    /// <summary>In one line, as it is stored, hashed and embedded.</summary>
    public static byte[] ToJson(RequestDocument request) => JsonSerializer.SerializeToUtf8Bytes(request, DocumentJson.Readable.RequestDocument);

    /// <summary>Indented, for people.</summary>
    public static string ToReadableJson(RequestDocument request) => JsonSerializer.Serialize(request, DocumentJson.Indented.RequestDocument);
}
