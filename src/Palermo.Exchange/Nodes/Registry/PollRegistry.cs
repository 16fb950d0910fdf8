using System.Net;
using System.Security.Authentication;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>Asks the registry's address for its newest edition.</summary>
internal static class PollRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(15);

    /// <summary>Asks, and takes what is newer. Whatever goes wrong is kept with the copy, which stays in use.</summary>
    /// <returns>Whether a newer edition was taken.</returns>
    internal static async Task<bool> Run(RegistryStore store, CancellationToken cancel)
    {
        if (store.Current is not { State: { Address.Length: > 0 } state } view) return false;
        try
        {
            if (await Fetch(state.Address, view.Edition, cancel) is { } document) return store.Take(document);
            store.Note(null);
        }
        catch (RefusedException e)
        {
            store.Note(e.Text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            store.Note(new("nodes.registry.not-reached", ("address", state.Address), ("why", RefusedException.Shorten((e.InnerException ?? e).Message))));
        }

        return false;
    }

    /// <summary>The document; null when it is the edition we have.</summary>
    private static async Task<byte[]?> Fetch(string address, RegistryEdition? have, CancellationToken cancel)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectPatience, UseProxy = !new Uri(address).IsLoopback };
        // Its signature and its number vouch for the document, whoever hands it over: nobody needs an authority for this name.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        using var client = new HttpClient(handler) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have is not null) request.Headers.TryAddWithoutValidation("If-None-Match", RegistryRoutes.TagOf(have.Serial));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.StatusCode == HttpStatusCode.NotModified) return null;
        if (answer.StatusCode != HttpStatusCode.OK) throw new RefusedException("nodes.registry.status", ("address", address), ("status", ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        using var document = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, limit.Token)) > 0)
        {
            if (document.Length + read > RegistryEdition.Largest) throw new RefusedException("nodes.registry.too-large", ("n", RegistryEdition.Largest >> 20));
            document.Write(buffer, 0, read);
        }

        return document.ToArray();
    }
}
