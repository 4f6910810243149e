using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AvaConsole.Tests.Support;

/// <summary>A certificate authority of the test's own, with a server's and a client's certificate, as PEM files.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryDirectory _folder = new();

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=AvaConsole test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(CaFile, authority.ExportCertificatePem());
        Issue(authority, "CN=localhost", ServerAuthentication, ServerFile, ServerKeyFile);
        Issue(authority, "CN=console", ClientAuthentication, ClientFile, ClientKeyFile);
    }

    public string CaFile => _folder.Combine("ca.pem");

    public string ServerFile => _folder.Combine("server.pem");

    public string ServerKeyFile => _folder.Combine("server.key");

    public string ClientFile => _folder.Combine("client.pem");

    public string ClientKeyFile => _folder.Combine("client.key");

    public X509Certificate2 LoadClient() => X509Certificate2.CreateFromPemFile(ClientFile, ClientKeyFile);

    public X509ChainPolicy CreatePolicy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(CaFile);
        return policy;
    }

    public void Dispose() => _folder.Dispose();

    private static void Issue(X509Certificate2 authority, string subject, string usage, string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        // etcd's gateway calls etcd with the server's certificate, so that one has to serve as a client's too.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage), new Oid(ClientAuthentication)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
