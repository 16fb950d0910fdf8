namespace Palermo.Web;

/// <summary>Marks a page or route whose answer must never be kept, such as one with a form's token.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NotCachedAttribute : Attribute;
