using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Millrace.Tests;

/// <summary>A server's certificate and its key, as files in PEM.</summary>
public sealed record ServerCertificate(string Certificate, string Key);

/// <summary>A certificate authority of one test, which nobody trusts who is not told to; its files go with it.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("mr-certificates").FullName;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _own;

    internal Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _own = request.CreateSelfSigned(_now - Day, _now + 2 * Day);
        File.WriteAllText(Pem, _own.ExportCertificatePem());
    }

    /// <summary>The file to name in SSL_CERT_FILE, for who shall trust it.</summary>
    internal string Pem => Path.Combine(_folder, "authority.pem");

    internal ServerCertificate Sign(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var also = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            if (IPAddress.TryParse(name, out var address))
                also.AddIpAddress(address);
            else
                also.AddDnsName(name);
        request.CertificateExtensions.Add(also.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var signed = request.Create(_own, _now - Day, _now + Day, RandomNumberGenerator.GetBytes(16));
        var files = new ServerCertificate(Path.Combine(_folder, $"{names[0]}.pem"), Path.Combine(_folder, $"{names[0]}.key"));
        File.WriteAllText(files.Certificate, signed.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    public void Dispose()
    {
        _own.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
