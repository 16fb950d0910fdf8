using Microsoft.AspNetCore.Http;
using Palermo.Kernel.Access;
using Palermo.Web;

namespace Palermo.Access.Gate;

/// <summary>What the gate does with a request.</summary>
internal enum Admission
{
    /// <summary>Lets it pass.</summary>
    Open,

    /// <summary>Asks the stranger to sign in.</summary>
    SignInFirst,

    /// <summary>The person's roles, or the token's scopes, do not reach.</summary>
    Refused,

    /// <summary>Nobody may: the route says neither who may nor that everybody may.</summary>
    Closed,
}

/// <summary>Who may open what.</summary>
internal static class Admissions
{
    /// <summary>What a route's attributes mean for a viewer. A route that names roles is for them even where its folder is public.</summary>
    /// <param name="route">The route's metadata.</param>
    /// <param name="viewer">Who asks; null for a stranger.</param>
    /// <param name="method">The request's method.</param>
    internal static Admission Of(EndpointMetadataCollection route, Viewer? viewer, string method)
    {
        if (route.GetMetadata<ForRolesAttribute>() is not { } only) return route.GetMetadata<PublicAttribute>() is null ? Admission.Closed : Admission.Open;
        if (viewer is null) return Admission.SignInFirst;
        if (only.Roles.Count > 0 && !viewer.Is(only.Roles)) return Admission.Refused;
        return viewer.Scopes is null || (only.Area.Length > 0 && viewer.Scopes.Contains($"{only.Area}:{(Reads(method) ? "read" : "write")}")) ? Admission.Open : Admission.Refused;
    }

    /// <summary>Whether a method changes nothing.</summary>
    internal static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
