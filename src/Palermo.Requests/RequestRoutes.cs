using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Kernel.Access;
using Palermo.Requests.Board;
using Palermo.Requests.Drafting;
using Palermo.Requests.Figures;
using Palermo.Requests.Files;
using Palermo.Web;

namespace Palermo.Requests;

/// <summary>The module's addresses: API routes and the entries of the module line.</summary>
public static class RequestRoutes
{
    /// <summary>Entries of the line below the header.</summary>
    public static IReadOnlyList<ModuleEntry> Modules { get; } = [new("/requests", "module.requests", [.. Roles.SeeCases, Role.Drafter])];

    /// <summary>Maps the module's routes.</summary>
    public static void Map(IEndpointRouteBuilder app, RequestsModule module)
    {
        var api = app.MapGroup("/api/v1");
        BoardRoutes.Map(api, module);
        FiguresRoutes.Map(api, module);
        RelyOn.Map(app, module);
        CheckWhileTyping.Map(app, module);
        ChooseAuthority.Map(app, module);
        Letter.LetterRoute.Map(app, module);
        FileRoutes.Map(app, module);
        Calendar.CalendarRoutes.Map(app, module);
    }

    /// <summary>Adds what the module does by itself: reminders and mail.</summary>
    public static void AddErrands(IServiceCollection services) => services.AddHostedService<Mail.Errands>();
}
