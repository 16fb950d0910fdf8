using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Authorities.Entries;

/// <summary>Who may change the directory, and who may read its restricted part.</summary>
internal static class Writers
{
    internal static readonly Role[] Roles = [Role.Officer, Role.Approver, Role.Administrator];

    /// <summary>The viewer, who may change the directory.</summary>
    /// <exception cref="RefusedException">The viewer may not (status 403).</exception>
    internal static Viewer Check(Viewer? viewer)
    {
        if (viewer is null) throw new RefusedException("web.sign-in-first") { Forbidden = true };
        return May(viewer) ? viewer : throw new RefusedException("authority.may-not") { Forbidden = true };
    }

    /// <summary>Whether a viewer may change the directory.</summary>
    internal static bool May(Viewer? viewer) => viewer is not null && viewer.Is(Roles) && viewer.Scopes?.Contains("authorities:write") != false;

    /// <summary>Whether a viewer may read the restricted part: everybody who signed in, and programs whose token says so.</summary>
    internal static bool MayReadAll(Viewer? viewer) => viewer is not null && viewer.Scopes?.Contains("authorities:read") != false;
}
