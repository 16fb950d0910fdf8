using Microsoft.AspNetCore.Http;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Web;

/// <summary>What every page needs of its request: the reader's language and the texts.</summary>
public sealed class PageContext(Texts texts, IHttpContextAccessor accessor, Site site)
{
    /// <summary>Name of the cookie that keeps the chosen language.</summary>
    public const string LanguageCookie = "language";

    /// <summary>Name of the cookie that keeps the chosen theme.</summary>
    public const string ThemeCookie = "theme";

    /// <summary>Under this key of its items a request that was refused or failed keeps the path and query that were asked for.</summary>
    public const string AskedFor = "palermo.asked-for";

    private readonly HttpContext _http = accessor.HttpContext!;

    /// <summary>The reader's language.</summary>
    public Language Language { get; } = LanguageOf(accessor.HttpContext!.Request);

    /// <summary>The interface's texts.</summary>
    public Texts Texts { get; } = texts;

    /// <summary><c>light</c>, <c>dark</c>, or null for the device's own.</summary>
    public string? Theme => _http.Request.Cookies[ThemeCookie] is "light" or "dark" ? _http.Request.Cookies[ThemeCookie] : null;

    /// <summary>Who is looking; null for a stranger.</summary>
    public Viewer? Viewer => _http.Features.Get<Viewer>();

    /// <summary>Who is looking, on a page that only people who signed in may open.</summary>
    public Viewer SignedIn => Viewer ?? throw new RefusedException("web.sign-in-first") { Stranger = true };

    /// <summary>Path and query of the page; on a page that says why something was not answered, of what was asked for.</summary>
    public string Address => _http.Items[AskedFor] as string ?? _http.Request.Path + _http.Request.QueryString;

    /// <summary>Whether the page says why another one was not answered, and was not itself asked for.</summary>
    public bool IsOfError => _http.Items.ContainsKey(AskedFor);

    /// <summary>Path of the page.</summary>
    public string Path => _http.Request.Path;

    /// <summary>Scheme and host, for addresses that leave the page.</summary>
    public string Origin => site.Origin.Length > 0 ? site.Origin : $"{_http.Request.Scheme}://{_http.Request.Host}";

    /// <summary>What was refused, on the page that says so.</summary>
    public RefusedException? Refused => _http.Items[typeof(RefusedException)] as RefusedException;

    /// <summary>A text in the reader's language.</summary>
    public string Say(string key, params (string Name, object? Value)[] fillings) => Texts.Say(Language, key, fillings);

    /// <summary>A text in the reader's language.</summary>
    public string Say(Message message) => Texts.Say(Language, message);

    /// <summary>A day written out in the reader's language.</summary>
    public string Written(DateOnly day) => Dates.Written(day, Language);

    /// <summary>Sets the status of the answer, for a page that shows an error beside the field it belongs to.</summary>
    public void AnswerWith(int status) => _http.Response.StatusCode = status;

    /// <summary>One query value, or null when absent or blank.</summary>
    public string? Query(string name) => _http.Request.Query[name].ToString() is { Length: > 0 } text && text.Trim().Length > 0 ? text : null;

    /// <summary>One query value as given: null when the address does not name it, empty when it was left blank.</summary>
    public string? Given(string name) => _http.Request.Query.TryGetValue(name, out var value) ? value.ToString().Trim() : null;

    /// <summary>The language a request asks for: by the switch's cookie, otherwise by Accept-Language.</summary>
    public static Language LanguageOf(HttpRequest request) =>
        Language.Find(request.Cookies[LanguageCookie]) ?? Language.FromAcceptLanguage(request.Headers.AcceptLanguage);
}
