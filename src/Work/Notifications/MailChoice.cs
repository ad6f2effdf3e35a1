using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Whether the caller wants a mail each working morning about what they have not read.</summary>
public static class MailChoice
{
    public sealed record Choice([property: Required] bool? Digest);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/notifications/mail", async (HttpContext http, Db db) => await Of(db, Caller.Required(http).Actor))
            .Needs(WorkPermissions.Use)
            .Reads()
            .WithSummary("Whether you get a mail about what you have not read");
        api.MapPut("/notifications/mail", Change)
            .Needs(WorkPermissions.Use)
            .Writes()
            .WithSummary("Choose whether you get a mail about what you have not read");
    }

    /// <summary>Those of these people who want no mail.</summary>
    internal static Task<List<Guid>> Without(Db db, IEnumerable<Guid> people) =>
        db.Query<Guid>(
            $"select person_id from work.no_digest where person_id = any ({people.Distinct().ToArray()}) order by person_id"
        );

    private static async Task<Choice> Of(Db db, Guid person) => new((await Without(db, [person])).Count == 0);

    private static async Task<Choice> Change(HttpContext http, Db db, Choice choice)
    {
        var me = Caller.Required(http).Actor;
        if (choice.Digest == true)
            await db.Execute($"delete from work.no_digest where person_id = {me}");
        else
            // A machine reads no mail: only members have a choice.
            await db.Execute(
                $"""
                insert into work.no_digest (tenant_id, person_id)
                select {db.Scope.Tenant}, id from unnest({(await MemberFacts.Members(db, [me])).ToArray()}) as m (id)
                on conflict do nothing
                """
            );
        return await Of(db, me);
    }
}
