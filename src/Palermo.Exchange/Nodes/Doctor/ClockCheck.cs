using System.Security.Authentication;
using System.Text.Json;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Doctor;

/// <summary>Whether our clock and another's agree: certificates, time stamps and deadlines depend on it.</summary>
internal static class ClockCheck
{
    private const string Code = "clock";
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Compared with the node's.</summary>
    internal static async Task<DoctorCheck> WithNode(NodeTrust trust, NodeEntry node, CancellationToken cancel)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            return Compare(trust, (await LineExamination.Hello(trust, node, limit.Token)).At, node.Party);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException or RefusedException)
        {
            return await WithRegistry(trust, cancel);
        }
    }

    /// <summary>Compared with that of the registry's server.</summary>
    internal static async Task<DoctorCheck> WithRegistry(NodeTrust trust, CancellationToken cancel)
    {
        if (trust.Registry.Current.State is not { Address: { Length: > 0 } address }) return new(Code, DoctorCheck.NotTried, new("doctor.clock.nobody"));
        try
        {
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience, UseProxy = !new Uri(address).IsLoopback };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
            using var client = new HttpClient(handler) { Timeout = Patience };
            using var answer = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.Headers.Date is { } date ? Compare(trust, date, new Uri(address).Host) : new(Code, DoctorCheck.NotTried, new("doctor.clock.nobody"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or OperationCanceledException)
        {
            return new(Code, DoctorCheck.NotTried, new("doctor.clock.nobody"));
        }
    }

    private static DoctorCheck Compare(NodeTrust trust, DateTimeOffset theirs, string whose)
    {
        var ahead = trust.Clock.GetUtcNow() - theirs;
        var seconds = (int)Math.Clamp(Math.Round(Math.Abs(ahead.TotalSeconds)), 0, int.MaxValue);
        return ahead.Duration() <= Tolerated ? DoctorCheck.Good(Code, "doctor.clock.ok", ("whose", whose))
            : new(Code, DoctorCheck.Failed, new(ahead > TimeSpan.Zero ? "doctor.clock.ahead" : "doctor.clock.behind", ("n", seconds), ("whose", whose)), new("doctor.clock.advice"));
    }
}
