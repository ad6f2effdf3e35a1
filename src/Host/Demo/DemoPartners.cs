using Millrace.Catalog;
using Millrace.Kernel;

namespace Millrace.Host.Demo;

/// <summary>Customers and suppliers of the pump maker: invented companies in places that exist, with people to talk to.</summary>
internal static class DemoPartners
{
    private sealed record One(
        string Code,
        string Name,
        string City,
        string Country,
        string Contact,
        string Role,
        int Days,
        string? Currency = null
    );

    private static readonly One[] Customers =
    [
        new("M-1001", "Ege Su Arıtma Sistemleri A.Ş.", "İzmir", "TR", "Selin Aksoy", "Purchasing", 45),
        new("M-1002", "Marmara Tesisat Ticaret Ltd. Şti.", "Bursa", "TR", "Onur Şahin", "Owner", 30),
        new("M-1003", "Toros İnşaat ve Taahhüt A.Ş.", "Adana", "TR", "Gülşah Kılıç", "Site manager", 60),
        new("M-1004", "Kızılırmak Sulama Kooperatifi", "Kırşehir", "TR", "Hasan Çetin", "Chairman", 90),
        new("M-1005", "Boğaziçi Yapı Malzemeleri A.Ş.", "İstanbul", "TR", "Deniz Arslan", "Purchasing", 45),
        new("M-1006", "Karadeniz Gemi Donanımı Ltd. Şti.", "Trabzon", "TR", "Emre Öztürk", "Engineer", 30),
        new("M-1007", "Çukurova Gıda Makineleri A.Ş.", "Mersin", "TR", "Nazlı Güneş", "Purchasing", 45),
        new("M-1008", "Anka Isıtma Soğutma A.Ş.", "Ankara", "TR", "Tolga Ünal", "Technical manager", 60),
        new("M-1009", "Likya Otelcilik ve Turizm A.Ş.", "Antalya", "TR", "İpek Doğan", "Facility manager", 30),
        new("M-1010", "Fırat Enerji Üretim A.Ş.", "Elazığ", "TR", "Murat Işık", "Maintenance", 60),
        new("M-2001", "Rheintal Pumpenhandel GmbH", "Köln", "DE", "Jonas Brandt", "Purchasing", 30, "EUR"),
        new("M-2002", "Nordwasser Technik AB", "Göteborg", "SE", "Elin Lindqvist", "Purchasing", 30, "EUR"),
        new("M-2003", "Aquaterra Impianti S.r.l.", "Brescia", "IT", "Giulia Ferri", "Projects", 60, "EUR"),
        new("M-2004", "Thames Valley Drainage Ltd", "Reading", "GB", "Oliver Hart", "Buyer", 30, "GBP"),
        new("M-2005", "Al Noor Irrigation Trading LLC", "Dubai", "AE", "Yusuf Rahman", "General manager", 45, "USD"),
        new("M-2006", "Balkan Vodovod d.o.o.", "Novi Sad", "RS", "Milica Jovanović", "Engineer", 45, "EUR"),
        new("M-2007", "Delta Agro Pompe S.R.L.", "Constanța", "RO", "Andrei Popa", "Owner", 30, "EUR"),
        new("M-2008", "Atlas Hidrolik Export", "Casablanca", "MA", "Samira Benali", "Import", 60, "EUR"),
    ];

    private static readonly One[] Suppliers =
    [
        new("T-5001", "Gebze Döküm Sanayi A.Ş.", "Gebze", "TR", "Kemal Yıldırım", "Sales", 60),
        new("T-5002", "Kocaeli Paslanmaz Çelik A.Ş.", "Kocaeli", "TR", "Ebru Tan", "Sales", 45),
        new("T-5003", "Ostim Rulman Ticaret Ltd. Şti.", "Ankara", "TR", "Serkan Avcı", "Sales", 30),
        new("T-5004", "Sızdırmaz Conta Sanayi A.Ş.", "Konya", "TR", "Aslı Bulut", "Technical sales", 30),
        new("T-5005", "Volt Elektrik Motor A.Ş.", "Manisa", "TR", "Barış Koç", "Key account", 60),
        new("T-5006", "Trakya Ambalaj ve Palet Ltd. Şti.", "Tekirdağ", "TR", "Hülya Er", "Sales", 30),
        new("T-5007", "İnci Boya Kimya A.Ş.", "Kocaeli", "TR", "Cem Duman", "Sales", 45),
        new("T-5008", "Hızlı Kargo Lojistik A.Ş.", "İstanbul", "TR", "Pelin Ak", "Operations", 15),
        new("T-6001", "Westfalen Dichtungstechnik GmbH", "Bielefeld", "DE", "Katrin Vogel", "Export", 30, "EUR"),
        new("T-6002", "Milano Cuscinetti S.p.A.", "Milano", "IT", "Marco Riva", "Export", 45, "EUR"),
        new("T-6003", "Ningbo Harbour Castings Co.", "Ningbo", "CN", "Li Wei", "Sales", 0, "USD"),
        new("T-6004", "Moravia Motors s.r.o.", "Brno", "CZ", "Petra Nováková", "Sales", 30, "EUR"),
    ];

    /// <summary>The partners by their codes.</summary>
    internal static async Task<IReadOnlyDictionary<string, Guid>> Add(Db db, Guid company)
    {
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var one in Customers)
            ids[one.Code] = await Create(db, one, customer: true, supplier: one.Code == "M-1008");
        foreach (var one in Suppliers)
            ids[one.Code] = await Create(db, one, customer: one.Code == "T-5005", supplier: true);
        await ChangeStanding.Run(db, ids["M-1003"], company, new("watch", "open", 750_000m, "Pays late since the summer"));
        await ChangeStanding.Run(db, ids["M-1006"], company, new("stop", "open", 100_000m, "Three invoices are overdue"));
        await ChangeStanding.Run(db, ids["M-2005"], company, new("open", "open", 60_000m));
        await ChangeStanding.Run(db, ids["T-6003"], company, new("open", "stop", null, "Porous castings, claim not settled"));
        return ids;
    }

    private static async Task<Guid> Create(Db db, One one, bool customer, bool supplier)
    {
        var host = Host(one.Name);
        var number = one.Code[2..];
        Partner.Fields fields = new(
            one.Name,
            customer,
            supplier,
            one.Country,
            TaxNumber: $"{one.Country}{number}{number}",
            TaxOffice: one.Country == "TR" ? one.City : "",
            Currency: one.Currency ?? "TRY",
            Language: one.Country == "TR" ? "tr" : "en",
            PaymentDays: one.Days,
            Email: $"info@{host}",
            Website: $"https://www.{host}",
            Addresses:
            [
                new(
                    "billing",
                    one.Country == "TR" ? $"Sanayi Cad. No {number[2..]}" : $"Hafenweg {number[2..]}",
                    one.City,
                    one.Country
                ),
            ],
            Contacts: [new(one.Contact, one.Role, $"{Letters(one.Contact.Split(' ')[0])}@{host}")]
        );
        return (await SavePartner.Create(db, new SavePartner.Request(one.Code, fields))).Id;
    }

    // Names under .example belong to nobody.
    private static string Host(string name) => $"{Letters(string.Concat(name.Split(' ').Take(2)))}.example";

    private static string Letters(string text) =>
        string.Concat(
            text.ToLowerInvariant()
                .Normalize(System.Text.NormalizationForm.FormD)
                .Replace('ı', 'i')
                .Where(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
        );
}
