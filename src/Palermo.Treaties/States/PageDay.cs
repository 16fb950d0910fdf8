using Microsoft.AspNetCore.Components;
using Palermo.Kernel;
using Palermo.Web;

namespace Palermo.Treaties.States;

/// <summary>The day a page is about; an address without one is completed with today's, so that it stays true.</summary>
internal static class PageDay
{
    /// <summary>Reads the day of the address; when it names none, sends the reader on and returns false.</summary>
    /// <exception cref="RefusedException">The address names something that is not a day.</exception>
    internal static bool Read(PageContext page, NavigationManager navigation, TreatyModule treaties, out DateOnly on)
    {
        on = TreatyRoutes.DayOf(page.Query("on"), treaties);
        if (page.Query("on") is not null) return true;
        var others = page.Address.Split('?', 2).Skip(1).SelectMany(q => q.Split('&')).Where(p => p.Length > 0 && p.Split('=')[0] != "on");
        navigation.NavigateTo(page.Path + "?" + string.Join('&', [.. others, "on=" + Dates.Iso(on)]));
        return false;
    }
}
