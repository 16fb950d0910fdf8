using System.Text.Json;
using System.Text.Json.Serialization;

namespace Palermo.Kernel;

[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class KernelJson : JsonSerializerContext;
