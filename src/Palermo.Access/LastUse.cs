using Microsoft.EntityFrameworkCore;
using Palermo.Data;

namespace Palermo.Access;

/// <summary>Notes when something was last used if the database is free for it: who reads does not fail because others write.</summary>
internal static class LastUse
{
    private const int MostSeconds = 1;

    internal static void Note(AccessModule access, Action<PalermoContext> note)
    {
        using var context = access.Database.Connect();
        context.Database.SetCommandTimeout(MostSeconds);
        try
        {
            note(context);
        }
        catch (Exception e) when (Change.IsBusy(e))
        {
            // The next use notes it.
            return;
        }
    }
}
