using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Palermo.Access;

/// <summary>Where a request comes from.</summary>
internal static class NetworkAddress
{
    /// <summary>The address as text; <c>unknown</c> when there is none.</summary>
    internal static string Of(HttpContext http) => Find(http)?.ToString() ?? "unknown";

    /// <summary>What one stranger can hold: an IPv4 address, or an IPv6 network of 64 bits.</summary>
    internal static string NetworkOf(HttpContext http)
    {
        if (Find(http) is not { } address) return "unknown";
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static IPAddress? Find(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;
}
