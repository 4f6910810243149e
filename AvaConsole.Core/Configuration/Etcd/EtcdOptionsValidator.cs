using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>Finds everything wrong with the settings at once, each with the setting's name.</summary>
internal sealed class EtcdOptionsValidator : IValidateOptions<EtcdOptions>
{
    public ValidateOptionsResult Validate(string? name, EtcdOptions options)
    {
        var problems = EndpointProblems(options).Concat(CredentialProblems(options)).Concat(FileProblems(options)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> EndpointProblems(EtcdOptions options)
    {
        var endpoints = (options.Endpoints ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (endpoints.Length == 0)
            yield return "Etcd:Endpoints is empty; it takes one or more URLs, separated by commas.";
        foreach (var endpoint in endpoints)
        {
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                yield return $"Etcd:Endpoints: '{endpoint}' is not a URL such as https://etcd-1:2379.";
            else if (url.UserInfo.Length > 0)
                yield return "Etcd:Endpoints must not hold a password; use Etcd:Username and Etcd:Password.";
        }
    }

    private static IEnumerable<string> CredentialProblems(EtcdOptions options)
    {
        if (!string.IsNullOrEmpty(options.Username) && string.IsNullOrEmpty(options.Password))
            yield return "Etcd:Username is set but Etcd:Password is not.";
        if (string.IsNullOrEmpty(options.Username) && !string.IsNullOrEmpty(options.Password))
            yield return "Etcd:Password is set but Etcd:Username is not.";
        if (string.IsNullOrEmpty(options.CertificateFile) != string.IsNullOrEmpty(options.KeyFile))
            yield return "Etcd:CertificateFile and Etcd:KeyFile must be set together.";
    }

    private static IEnumerable<string> FileProblems(EtcdOptions options)
    {
        if (!string.IsNullOrEmpty(options.CaFile) && !CanRead(() => new X509Certificate2Collection().ImportFromPemFile(options.CaFile)))
            yield return $"Etcd:CaFile: '{options.CaFile}' cannot be read as a PEM certificate.";
        if (!string.IsNullOrEmpty(options.CertificateFile) && !string.IsNullOrEmpty(options.KeyFile)
            && !CanRead(() => X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile).Dispose()))
            yield return "Etcd:CertificateFile and Etcd:KeyFile cannot be read as a PEM certificate and its key.";
    }

    private static bool CanRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
