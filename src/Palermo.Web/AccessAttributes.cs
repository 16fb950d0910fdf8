using Palermo.Kernel.Access;

namespace Palermo.Web;

/// <summary>Marks a page or route that anybody may open. One that is marked neither so nor with <see cref="ForRolesAttribute"/> is open to nobody.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute : Attribute;

/// <summary>Marks a page or route that only people with one of these roles may open, anywhere; everyone who signed in when none is named.</summary>
/// <param name="roles">The roles.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ForRolesAttribute(params Role[] roles) : Attribute
{
    /// <summary>The roles; empty for everyone who signed in.</summary>
    public IReadOnlyList<Role> Roles { get; } = roles;

    /// <summary>
    /// The area a program's token must name: <c>AREA:read</c> to read, <c>AREA:write</c> for everything else. Empty for what a token can never do.
    /// </summary>
    public string Area { get; init; } = "";
}
