using Palermo.Treaties;
using Palermo.Web;

namespace Palermo;

/// <summary>Whether the process lives, and whether it can answer.</summary>
internal static class Health
{
    internal static void Map(WebApplication app, TreatyModule treaties)
    {
        app.MapGet("/health/live", () => Results.Text("live")).WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
        app.MapGet("/health/ready", () =>
        {
            try
            {
                return treaties.Database.Head() > 0 ? Results.Text("ready") : Results.Text("the record is empty", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            catch (System.Data.Common.DbException)
            {
                return Results.Text("the record cannot be read", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).WithMetadata(new PublicAttribute(), new NotCachedAttribute()).ExcludeFromDescription();
    }
}
