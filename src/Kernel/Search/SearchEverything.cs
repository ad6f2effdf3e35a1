using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millrace.Kernel;

/// <summary>One search over all that has a code and a name, as far as the caller may see it.</summary>
public static class SearchEverything
{
    private const int MostFound = 20;
    private const int MostWords = 8;

    public sealed record Hit(string Type, Guid Id, Guid? CompanyId, string Code, string Title, bool InUse);

    internal static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/search", Run)
            .SignedIn("It finds only what the caller may see.")
            .Problems(400)
            .WithSummary("What has these words in its code or name, the nearest first");

    private static async Task<IReadOnlyList<Hit>> Run(
        HttpContext http,
        Db db,
        DocumentTypes types,
        [Required, Text(100)] string text,
        [Description("Of the documents that belong to a company, only those of this one.")] Guid? companyId
    ) =>
        await db.Query<Hit>(
            $"""
            select entity as type, entity_id as id, company_id, code, title, in_use
            from kernel.search({types.SeenBy(Caller.Required(http).Permissions)}, {Words(text)}, {companyId}, {MostFound})
            """
        );

    internal static string[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
}
