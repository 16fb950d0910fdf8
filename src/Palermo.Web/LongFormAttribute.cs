using Microsoft.AspNetCore.Http.Metadata;

namespace Palermo.Web;

/// <summary>Marks a page whose form may hold long texts: a letter of Arabic or Chinese takes up to nine bytes as a form sends it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongFormAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>Most bytes of a posted form.</summary>
    public long? MaxRequestBodySize => 8 << 20;
}
