using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;
using Palermo.Web;

namespace Palermo.Requests.Drafting;

/// <summary>Answers, while somebody types, what the completeness check would say of the step as it stands on the screen; nothing is saved.</summary>
internal static class CheckWhileTyping
{
    internal static void Map(IEndpointRouteBuilder app, RequestsModule module) =>
        app.MapPost("/requests/{id:guid}/steps/{name}/check", async (HttpContext http, Guid id, string name) =>
            {
                FormToken.Check(http);
                var form = await http.Request.ReadFormAsync();
                var page = http.RequestServices.GetRequiredService<PageContext>();
                var step = Steps.Find(name) ?? throw Visible.Unknown();
                using var context = module.Database.Connect();
                var request = Visible.Request(context, page.SignedIn, id);
                var steps = StepStore.All(context, request);
                var saved = steps.GetValueOrDefault(name) ?? new(0, []);
                var fields = new StepFields(module, page, request.Kind, StepStore.Document(request, steps)).Of(step, _ => true);
                steps[name] = saved with { Content = FormContent.With(saved.Content, fields, field => form.TryGetValue(field, out var sent) ? string.Join(", ", sent.Where(s => !string.IsNullOrEmpty(s))) : null) };
                var findings = CheckRequest.Findings(module, StepStore.Document(request, steps));
                var said = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var field in fields.Where(f => !f.IsAbsence))
                    if (findings.FirstOrDefault(f => f.Field == field.Finding && CheckRequest.Blocks(f)) is { } finding) said[field.Path] = page.Say(finding.Message);
                return Results.Json(said, TypingJson.Default.DictionaryStringString);
            })
            .WithMetadata(new ForRolesAttribute(Role.Officer, Role.Approver, Role.Drafter), new NotCachedAttribute(), new RequireAntiforgeryTokenAttribute(), new LongFormAttribute())
            .ExcludeFromDescription();
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TypingJson : JsonSerializerContext;
