namespace Millrace.Tests;

/// <summary>
/// The addresses that need no permission, each with its reason; and what is wrong with an endpoint that is on no list.
/// </summary>
internal static class OpenEndpoints
{
    /// <summary>For everybody, signed in or not.</summary>
    internal static readonly IReadOnlyDictionary<string, string> ForAll = new Dictionary<string, string>
    {
        ["GET /.well-known/jwks.json"] = "Whoever verifies tokens needs the public keys.",
        ["GET /.well-known/openid-configuration"] = "Where things are is public.",
        ["GET /api/v1/sign-in-options"] = "Nobody is signed in before.",
        ["GET /oauth/external"] = "Nobody is signed in before.",
        ["GET /oauth/external/callback"] = "Nobody is signed in before.",
        ["POST /api/v1/device-enrolments"] = "The code is the proof.",
        ["POST /api/v1/invitations/acceptance"] = "The link is the proof.",
        ["POST /api/v1/password-resets"] = "Who forgot the password cannot sign in.",
        ["POST /api/v1/password-resets/completion"] = "The link is the proof.",
        ["POST /oauth/revoke"] = "The client proves itself with its secret.",
        ["GET /docs"] = "The description of the API is public.",
        ["GET /health/live"] = "A load balancer asks before anybody signs in.",
        ["GET /health/ready"] = "A load balancer asks before anybody signs in.",
        ["GET /metrics"] = "Only this machine and the networks named for it are answered.",
        ["GET /openapi/{documentName}.json"] = "The description of the API is public.",
        ["POST /api/v1/session"] = "Nobody is signed in before.",
        ["POST /oauth/token"] = "The client proves itself with its secret.",
    };

    /// <summary>For everybody who is signed in.</summary>
    internal static readonly IReadOnlyDictionary<string, string> ForSignedIn = new Dictionary<string, string>
    {
        ["GET /api/v1/authorization-request"] = "Whoever is signed in may be asked.",
        ["POST /api/v1/authorizations"] = "One allows a client what is one's own.",
        ["GET /api/v1/history"] = "Each kind of thing names the permission with which its history is read.",
        ["GET /api/v1/sessions"] = "They are the caller's own.",
        ["DELETE /api/v1/sessions/{id:guid}"] = "It is the caller's own.",
        ["GET /api/v1/device"] = "It shows what is the caller's own.",
        ["PUT /api/v1/session/language"] = "It is the caller's own.",
        ["PUT /api/v1/session/password"] = "It is the caller's own.",
        ["GET /api/v1/session/second-factor"] = "It is the caller's own.",
        ["PUT /api/v1/session/second-factor"] = "It is the caller's own.",
        ["PUT /api/v1/session/second-factor/activation"] = "It is the caller's own.",
        ["PUT /api/v1/session/second-factor/recovery-codes"] = "It is the caller's own.",
        ["PUT /api/v1/session/second-factor/removal"] = "It is the caller's own.",
        ["GET /api/v1/lists/{name}"] = "Each list names the permission with which it is seen.",
        ["GET /api/v1/fields"] = "It shows the fields of what the caller may see.",
        ["GET /api/v1/field-values"] = "It shows the fields of what the caller may see.",
        ["PUT /api/v1/field-values"] = "Who may change a kind of document may fill its fields.",
        ["GET /api/v1/start"] = "It shows what the caller may see.",
        ["GET /api/v1/search"] = "It finds what the caller may see.",
        ["GET /api/v1/list-views"] = "They are the caller's own, or shared by those who see the same list.",
        ["POST /api/v1/list-views"] = "It is the caller's own.",
        ["PUT /api/v1/list-views/{id:guid}"] = "It is the caller's own.",
        ["DELETE /api/v1/list-views/{id:guid}"] = "It is the caller's own.",
        ["GET /api/v1/session"] = "It shows what is the caller's own.",
        ["DELETE /api/v1/session"] = "It ends what is the caller's own.",
        ["ANY /hub/live/negotiate"] = "It says how the hub is reached; it carries nothing.",
        ["ANY /hub/live"] = "Each type of event names the permission with which it is seen.",
    };

    internal static IEnumerable<string> Faults(IEnumerable<Surface> endpoints) =>
        from one in endpoints
        let fault = one.Right switch
        {
            null => "declares no right",
            { Permission: null, OpenBecause: null } => "is open and gives no reason",
            { Permission: null, SignedIn: false } when !ForAll.ContainsKey(one.Name) => "is open to all and not on the list",
            { Permission: null, SignedIn: true } when !ForSignedIn.ContainsKey(one.Name) =>
                "is open to members and not on the list",
            { Permission: { } name } when !Factory.AllPermissions.Contains(name) => $"needs {name}, which no module declares",
            { Permission: not null, SignedIn: false } => "needs a permission but no caller",
            _ => null,
        }
        where fault is not null
        select $"{one.Name} {fault}";
}
