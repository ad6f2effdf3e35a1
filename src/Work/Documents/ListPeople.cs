using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millrace.Identity;
using Millrace.Kernel;

namespace Millrace.Work;

/// <summary>Who can be asked, mentioned and assigned: members and roles by name; and what rules can be about.</summary>
public static class ListPeople
{
    public sealed record Result(IReadOnlyList<MemberFacts.Person> Members, IReadOnlyList<MemberFacts.Role> Roles);

    public sealed record TypeRow(string Name, IReadOnlyList<string> Amounts, IReadOnlyList<string> Words);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/people", async (Db db) => new Result(await MemberFacts.People(db), await MemberFacts.Roles(db)))
            .Needs(WorkPermissions.Use)
            .Reads()
            .WithSummary("Members and roles by name");
        api.MapGet(
                "/document-types",
                (ApprovalSubjects subjects) =>
                    new Page<TypeRow>(
                        [.. subjects.All.Select(one => new TypeRow(one.DocumentType, one.Amounts, one.Words))],
                        null
                    )
            )
            .Needs(WorkPermissions.WriteRules)
            .WithSummary("Types of documents that approval rules can be about, with their attributes");
    }
}
