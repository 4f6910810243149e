using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AvaConsole.Tests.Integration.Configuration;

public sealed class ConfigStoreRegistrationTests
{
    [Theory]
    [InlineData(null, "embedded")]
    [InlineData(" ", "embedded")]
    [InlineData("http://127.0.0.1:2379, https://etcd-2:2379", "etcd")]
    public async Task AddAvaConfigurationStore_Endpoints_ChooseTheStore(string? endpoints, string kind)
    {
        await using var provider = Build(("Etcd:Endpoints", endpoints));

        Assert.Equal(kind, provider.GetRequiredService<IConfigStore>().Kind);
    }

    [Fact]
    public async Task AddAvaConfigurationStore_WrongSettings_NamesAllOfThem()
    {
        await using var provider = Build(
            ("Etcd:Endpoints", "etcd-1:2379,http://user:secret@etcd-2:2379"),
            ("Etcd:Username", "console"),
            ("Etcd:CaFile", "/no/such/file.pem"),
            ("Etcd:CertificateFile", "/no/such/file.pem"));

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IConfigStore>());

        Assert.Collection(
            failure.Failures,
            text => Assert.StartsWith("Etcd:Endpoints: 'etcd-1:2379' is not a URL", text, StringComparison.Ordinal),
            text => Assert.StartsWith("Etcd:Endpoints must not hold a password", text, StringComparison.Ordinal),
            text => Assert.StartsWith("Etcd:Username is set but", text, StringComparison.Ordinal),
            text => Assert.StartsWith("Etcd:CertificateFile and Etcd:KeyFile must be set together", text, StringComparison.Ordinal),
            text => Assert.StartsWith("Etcd:CaFile: '/no/such/file.pem' cannot be read", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddAvaConfigurationStore_Certificates_AreRead()
    {
        using var certificates = new TestCertificates();
        await using var provider = Build(
            ("Etcd:Endpoints", "https://etcd-1:2379"),
            ("Etcd:CaFile", certificates.CaFile),
            ("Etcd:CertificateFile", certificates.ClientFile),
            ("Etcd:KeyFile", certificates.ClientKeyFile));

        Assert.Equal("etcd", provider.GetRequiredService<IConfigStore>().Kind);
    }

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddSingleton(_ => NpgsqlDataSource.Create("Host=127.0.0.1"))
            .AddAvaConfigurationStore(configuration)
            .BuildServiceProvider();
    }
}
