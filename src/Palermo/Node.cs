using Palermo.Access;
using Palermo.Authorities;
using Palermo.Data;
using Palermo.Exchange;
using Palermo.Kernel;
using Palermo.Requests;
using Palermo.Requests.Mail;
using Palermo.Treaties;

namespace Palermo;

/// <summary>The modules of one node, on one record.</summary>
/// <param name="Access">People and what they may do.</param>
/// <param name="Treaties">Who is bound by what.</param>
/// <param name="Authorities">Who is competent.</param>
/// <param name="Requests">Cases and requests.</param>
/// <param name="Exchange">Messages and evidence between nodes.</param>
internal sealed record Node(AccessModule Access, TreatyModule Treaties, AuthoritiesModule Authorities, RequestsModule Requests, ExchangeModule Exchange)
{
    /// <summary>Opens all modules on a record.</summary>
    /// <exception cref="RefusedException">The record cannot be opened.</exception>
    internal static Node Open(string data, string dataFolder, Texts texts, TimeProvider clock, Func<PalermoDatabase, MailSettings>? mail = null) =>
        On(TreatyModule.Open(PalermoDatabase.At(data), dataFolder, texts, clock), dataFolder, mail);

    /// <summary>The other modules beside the Treaties module.</summary>
    internal static Node On(TreatyModule treaties, string dataFolder, Func<PalermoDatabase, MailSettings>? mail = null)
    {
        var authorities = new AuthoritiesModule(treaties);
        var requests = new RequestsModule(authorities, dataFolder, treaties.Database.Folder) { Mail = mail?.Invoke(treaties.Database) ?? MailSettings.None };
        var exchange = new ExchangeModule(requests, treaties.Database.Folder);
        exchange.Connect();
        return new(new AccessModule(treaties.Database, treaties.Texts, treaties.Clock), treaties, authorities, requests, exchange);
    }
}
