using System.Net;
using System.Net.Sockets;

namespace AvaConsole.Core.Common.Egress;

/// <summary>Which addresses belong to the public internet. What is not known to, does not.</summary>
internal static class PublicAddress
{
    // Special-purpose IPv4 blocks of the IANA registry, multicast and the reserved rest.
    private static readonly IPNetwork[] s_notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Within 2000::/3: protocol assignments with Teredo and ORCHID, documentation, and 6to4, which carries any IPv4 address.
    private static readonly IPNetwork[] s_notPublicV6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    // Everything else of IPv6, such as loopback, fe80::/10, fc00::/7, NAT64 and multicast, lies outside this block.
    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(s_notPublic, block => block.Contains(address)),
            AddressFamily.InterNetworkV6 => s_globalUnicast.Contains(address) && !Array.Exists(s_notPublicV6, block => block.Contains(address)),
            _ => false,
        };
    }
}
