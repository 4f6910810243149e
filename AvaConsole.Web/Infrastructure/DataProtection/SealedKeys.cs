using System.Text;
using System.Xml.Linq;
using AvaConsole.Core.Common;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AvaConsole.Web.Infrastructure.DataProtection;

/// <summary>Seals keys with the master key: whoever reads only the database can forge no session.</summary>
internal sealed class SealingXmlEncryptor(SecretBox secrets) : IXmlEncryptor
{
    internal const string Place = "data_protection_keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var element = new XElement("sealedKey", Convert.ToBase64String(secrets.Seal(plain, Place)));
        return new EncryptedXmlInfo(element, typeof(SealingXmlDecryptor));
    }
}

/// <summary>The counterpart; the framework makes it by name, with the services as its only argument.</summary>
internal sealed class SealingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var secrets = services.GetRequiredService<SecretBox>();
        return XElement.Parse(Encoding.UTF8.GetString(secrets.Open(Convert.FromBase64String(encryptedElement.Value), SealingXmlEncryptor.Place)));
    }
}
