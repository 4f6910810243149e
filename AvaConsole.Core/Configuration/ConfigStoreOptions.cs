using System.ComponentModel.DataAnnotations;

namespace AvaConsole.Core.Configuration;

/// <summary>Where the live configuration is. Without endpoints the embedded store on Postgres is used.</summary>
public sealed class EtcdOptions
{
    public const string Section = "Etcd";

    /// <summary>Base URLs of etcd's client port, comma-separated, for example <c>https://etcd-1:2379,https://etcd-2:2379</c>. Default none.</summary>
    public string? Endpoints { get; set; }

    /// <summary>User for etcd's password authentication. Default none.</summary>
    public string? Username { get; set; }

    /// <summary>Password of <see cref="Username"/>.</summary>
    public string? Password { get; set; }

    /// <summary>PEM file with the certificate authority that signed etcd's certificate. Default: the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>PEM file with the client certificate, where etcd asks for one.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the client certificate's key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Seconds that one request may take. Default 5; must be 1–60.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 5;

    public IReadOnlyList<Uri> ParseEndpoints() => (Endpoints ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(endpoint => new Uri(endpoint, UriKind.Absolute))
        .ToList();
}
