using AvaConsole.Core.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.DataProtection;

internal static class DataProtectionServiceCollectionExtensions
{
    public static IServiceCollection AddAvaDataProtection(this IServiceCollection services)
    {
        // One name for all consoles: without it the content root's path would separate their keys.
        services.AddDataProtection().SetApplicationName("AvaConsole");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new PostgresKeyRepository(provider.GetRequiredService<NpgsqlDataSource>());
            options.XmlEncryptor = new SealingXmlEncryptor(provider.GetRequiredService<SecretBox>());
        }));
        return services;
    }
}
