using System.Text.RegularExpressions;

namespace Millrace.Tests;

/// <summary>
/// A request that succeeds when its holes are filled with the ids of a sample; one for every endpoint that takes any.
/// </summary>
public sealed partial record Call(HttpMethod Method, string Path, string? Body)
{
    // In an order in which all of them succeed, one after the other.
    private const string Requests = """
        GET  /api/v1/companies/{company}/periods?year=2026
        POST /api/v1/companies/{company}/years/2031
        POST /api/v1/companies/{company}/periods/2031-01/closing
        POST /api/v1/companies/{company}/periods/2031-01/opening
        GET  /api/v1/companies/{company}/accounts
        GET  /api/v1/companies/{company}/trial-balance
        GET  /api/v1/companies/{company}/posting-rules
        PUT  /api/v1/companies/{company}/posting-rules/{rule}   {"debitAccount":"150","creditAccount":"320"}
        POST /api/v1/items                                      {"code":"NEW-9","name":"New","kind":"goods","unit":"pcs"}
        GET  /api/v1/items/{item}
        PUT  /api/v1/items/{item}                               {"name":"Renamed","kind":"goods","unit":"pcs"}
        POST /api/v1/items/{item}/retirement
        POST /api/v1/items/{item}/restoration
        PUT  /api/v1/items/{item}/costs/{company}               {"unitCost":"8"}
        PUT  /api/v1/items/{item}/units/carton                  {"numerator":12,"denominator":1}
        DELETE /api/v1/items/{item}/units/carton
        POST /api/v1/items/{item}/variants                      {"attributes":[{"name":"Size","values":["S","L"]}]}
        GET  /api/v1/partners/{partner}
        POST /api/v1/partners     {"code":"NEW-9","partner":{"name":"New","customer":true,"supplier":false,"country":"TR"}}
        PUT  /api/v1/partners/{partner} {"name":"Renamed","customer":true,"supplier":true,"country":"TR","taxNumber":"1",
            "taxOffice":"o","currency":"EUR","language":"tr","paymentDays":10,"email":"a@b.example","phone":"1","website":"w",
            "note":"n","addresses":[{"id":"{address}","kind":"billing","street":"S","city":"C","country":"TR",
            "region":"R","postalCode":"1"}],"contacts":[{"id":"{contact}","name":"N","role":"R","email":"e","phone":"1"}]}
        PUT  /api/v1/partners/{partner}/standings/{company}     {"selling":"watch","buying":"open","creditLimit":"5","reason":"r"}
        POST /api/v1/partners/{partner}/contacts/{contact}/erasure
        POST /api/v1/partners/{partner}/retirement
        POST /api/v1/partners/{partner}/restoration
        POST /api/v1/list-views   {"list":"items","name":"V-{fresh}","query":"filter=kind:is:raw","usual":false}
        GET  /api/v1/field-values?documentType=item&id={item}
        PUT  /api/v1/field-values {"documentType":"item","documentId":"{item}","values":{"extra":"1"}}
        POST /api/v1/fields {"documentType":"partner","name":"extra","titleEn":"E","titleTr":"T","kind":"choice",
            "choices":["a","b"],"position":1}
        PUT  /api/v1/fields/{field} {"titleEn":"E","titleTr":"T","position":1}
        POST /api/v1/fields/{field}/retirement
        POST /api/v1/fields/{field}/restoration
        POST /api/v1/exchanges {"name":"X-{fresh}","direction":"in","subject":"items","how":{"files":{"name":"*.csv",
            "format":"csv","language":"en"},"onlyGood":true,"mayUpdate":true,"query":""},
            "when":{"cron":"0 3 * * *","timeZone":"UTC","enabled":true}}
        PUT  /api/v1/exchanges/{exchange} {"name":"X-{fresh}","direction":"in","subject":"items","how":{"files":{"name":"*.csv",
            "format":"csv","language":"en"},"onlyGood":true,"mayUpdate":true,"query":""},
            "when":{"cron":"0 3 * * *","timeZone":"UTC","enabled":true}}
        POST /api/v1/exchanges/{exchange}/run
        GET  /api/v1/exchanges/{exchange}/runs
        GET  /api/v1/imports/{import}
        PUT  /api/v1/imports/{import}/form {"form":{"format":"csv","separator":";","encoding":"utf-8","decimalComma":true,
            "dates":"dmy"},"fields":[{"field":"code","column":0}],"onlyGood":true,"mayUpdate":true}
        GET  /api/v1/imports/{import}/faults
        POST /api/v1/imports/{import}/check
        POST /api/v1/imports/{import}/cancellation
        POST /api/v1/imports/{checkedimport}/run
        POST /api/v1/imports/{doneimport}/undo
        GET  /api/v1/warehouses?companyId={company}
        POST /api/v1/warehouses                                 {"companyId":"{company}","code":"NEW","name":"New"}
        GET  /api/v1/warehouses/{warehouse}/bins
        POST /api/v1/warehouses/{warehouse}/bins                {"code":"B-7","zone":"Z","putAwayOrder":1,"removalOrder":1}
        PUT  /api/v1/warehouses/{warehouse}/bins/MAIN           {"zone":"Z","putAwayOrder":1,"removalOrder":1,"closed":false}
        GET  /api/v1/companies/{company}/sscc-prefix
        PUT  /api/v1/companies/{company}/sscc-prefix            {"digits":"8690123"}
        GET  /api/v1/handling-units?companyId={company}
        GET  /api/v1/handling-units/groups?companyId={company}&by=warehouse
        GET  /api/v1/handling-units/export?companyId={company}
        POST /api/v1/handling-units                             {"warehouseId":"{warehouse}","bin":"MAIN"}
        GET  /api/v1/handling-units/{unit}
        GET  /api/v1/handling-units/{unit}/label/pdf?language=tr
        POST /api/v1/handling-units/{unit}/moves                {"warehouseId":"{warehouse}","bin":"B-7","date":"{today}",
            "underWay":false,"reference":"R"}
        POST /api/v1/handling-units/{unit}/dissolution          {"date":"{today}","reference":"R"}
        GET  /api/v1/stock?companyId={company}&filter=warehouseId:is:{warehouse}&filter=itemId:is:{item}
        GET  /api/v1/stock/groups?companyId={company}&by=warehouse
        GET  /api/v1/stock/export?companyId={company}
        GET  /api/v1/stock/history?companyId={company}&itemId={item}&warehouseId={warehouse}
        GET  /api/v1/start?companyId={company}
        GET  /api/v1/places?companyId={company}
        GET  /api/v1/places/groups?companyId={company}&by=bin
        GET  /api/v1/places/export?companyId={company}
        GET  /api/v1/movements?companyId={company}
        GET  /api/v1/movements/groups?companyId={company}&by=item
        GET  /api/v1/movements/export?companyId={company}
        POST /api/v1/receipts     {"warehouseId":"{warehouse}","date":"{today}","reason":"return","lines":[{"itemId":"{item}",
            "quantity":"1","unit":"pcs","bin":"MAIN","lot":"L","status":"available","expectedId":"{supply}",
            "ownerId":"{partner}"}],"reference":"R"}
        POST /api/v1/issues       {"warehouseId":"{warehouse}","date":"{today}","reason":"sale","lines":[{"itemId":"{item}",
            "quantity":"1","unit":"pcs","bin":"MAIN","lot":"L","status":"available"}],
            "reference":"R","reservationId":"{reservation}"}
        POST /api/v1/transfers    {"warehouseId":"{warehouse}","toWarehouseId":"{warehouse}","date":"{today}","lines":[{
            "itemId":"{item}","quantity":"1","unit":"pcs","bin":"MAIN","toBin":"MAIN","lot":"","status":"available",
            "toStatus":"quality"}],"reference":"R"}
        POST /api/v1/reversals    {"companyId":"{company}","document":"{document}","date":"{today}","reference":"R"}
        POST /api/v1/reservations {"companyId":"{company}","demand":"D-{fresh}","whenShort":"wait","priority":1,
            "heldUntil":"{today}","neededOn":"{today}","lines":[{"itemId":"{item}","warehouseId":"{warehouse}","quantity":"1",
            "unit":"pcs","bin":"MAIN","lot":"L"}]}
        POST /api/v1/expected-supply                            {"companyId":"{company}","itemId":"{item}",
            "warehouseId":"{warehouse}","source":"PO-{fresh}","due":"{today}","quantity":"1"}
        PUT  /api/v1/expected-supply/{supply}                   {"due":"{today}","quantity":"5","closed":false}
        GET  /api/v1/expected-supply?companyId={company}
        GET  /api/v1/expected-supply/groups?companyId={company}&by=state
        GET  /api/v1/expected-supply/export?companyId={company}
        GET  /api/v1/items/{item}/available?companyId={company}
        GET  /api/v1/reservations?companyId={company}
        GET  /api/v1/reservations/groups?companyId={company}&by=state
        GET  /api/v1/reservations/export?companyId={company}
        POST /api/v1/reservations/{reservation}/reduction       {
            "lines":[{"itemId":"{item}","warehouseId":"{warehouse}","quantity":"1"}]}
        POST /api/v1/reservations/{reservation}/release
        GET  /api/v1/vouchers?companyId={company}
        GET  /api/v1/vouchers/{voucher}
        GET  /api/v1/companies/{company}/letterhead
        PUT  /api/v1/companies/{company}/letterhead             {"address":["Street 1"],"phone":"1"}
        GET  /api/v1/companies/{company}/mail-settings
        PUT  /api/v1/companies/{company}/mail-settings
            {"host":"mail.example","port":587,"security":"starttls","fromAddress":"erp@mill.example"}
        POST /api/v1/companies/{company}/test-mails             {"to":"a@b.example","language":"en"}
        GET  /api/v1/attachments?documentType=company&documentId={company}
        GET  /api/v1/attachments/{attachment}/content
        DELETE /api/v1/attachments/{attachment}
        GET  /api/v1/mails?filter=documentType:is:voucher&filter=documentId:is:{voucher}
        GET  /api/v1/vouchers/{voucher}/pdf
        POST /api/v1/vouchers/{voucher}/mails                   {"to":"a@b.example","language":"tr"}
        GET  /api/v1/stock/pdf?companyId={company}
        GET  /api/v1/items/{item}/labels/pdf
        GET  /api/v1/items/{item}/stock?companyId={company}
        GET  /api/v1/stock/at?companyId={company}&moment={today}T23:59:59Z&warehouseId={warehouse}&itemId={item}
        GET  /api/v1/items/{item}/lot?companyId={company}&lot=L
        GET  /api/v1/receipts/{receipt}/labels/pdf?companyId={company}
        POST /api/v1/stock/mails                {"companyId":"{company}","to":"a@b.example","language":"en"}
        POST /api/v1/parked-events/{parked}/retry
        GET  /api/v1/history?entity=catalog.item&key={item}
        GET  /api/v1/companies/{company}/years/{year}/audit
        GET  /api/v1/audit?filter=actorId:is:{member}
        GET  /api/v1/audit/groups?by=entity&filter=actorId:is:{member}
        GET  /api/v1/audit/export?filter=actorId:is:{member}
        GET  /api/v1/jobs/groups?by=job&filter=id:is:{job}
        GET  /api/v1/jobs/export?filter=id:is:{job}
        GET  /api/v1/jobs/{job}
        POST /api/v1/jobs/{job}/cancellation
        POST /api/v1/jobs/{job}/retry
        PUT  /api/v1/schedules/{schedule}   {"cron":"0 7 * * 1-5","timeZone":"Europe/Istanbul","enabled":true}
        POST /api/v1/schedules/{schedule}/run
        GET  /api/v1/members/{member}
        PUT  /api/v1/members/{member}/roles                     {"roleIds":["{role}"]}
        POST /api/v1/members/{member}/unlocking
        GET  /api/v1/members/{member}/sessions
        DELETE /api/v1/members/{member}/sessions/{session}
        PUT  /api/v1/members/{member}/password-link
        POST /api/v1/members/{lost}/second-factor-removal
        POST /api/v1/members/{left}/erasure
        POST /api/v1/members/{member}/retirement
        POST /api/v1/members/{member}/restoration
        POST /api/v1/roles                                      {"name":"R-{fresh}","permissions":["catalog.item.read"]}
        PUT  /api/v1/roles/{role}                               {"name":"Renamed","permissions":["catalog.item.read"]}
        POST /api/v1/roles/{spare}/retirement
        POST /api/v1/invitations  {"email":"{fresh}@new.example","name":"New","roleId":"{role}"}
        PUT  /api/v1/invitations/{invitation}/link
        POST /api/v1/invitations/{invitation}/withdrawal
        GET  /api/v1/authorization-request?clientId={tenant}.{client}&redirectUri=https%3A%2F%2Fapp.example%2Fback&scope=openid
        POST /api/v1/authorizations {"clientId":"{tenant}.{client}","redirectUri":"https://app.example/back","scope":"openid",
            "codeChallenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM","codeChallengeMethod":"S256"}
        POST /api/v1/clients                                    {"name":"New","permissions":["catalog.item.read"]}
        PUT  /api/v1/clients/{client}                           {"name":"New","permissions":["catalog.item.read"]}
        PUT  /api/v1/clients/{client}/secret
        POST /api/v1/clients/{client}/retirement
        POST /api/v1/devices      {"name":"D-{fresh}","siteId":"{site}","roleId":"{role}"}
        PUT  /api/v1/devices/{device}/enrolment-code
        POST /api/v1/devices/{device}/revocation
        POST /api/v1/sites        {"companyId":"{company}","code":"NEW","name":"New"}
        POST /api/v1/sites/{site}/retirement
        GET  /api/v1/stock-adjustments?companyId={company}
        GET  /api/v1/stock-adjustments/{adjustment}
        GET  /api/v1/stock-adjustments/{adjustment}/pdf
        POST /api/v1/stock-adjustments {"companyId":"{company}","date":"{today}","submit":false,"note":"N",
            "lines":[{"itemId":"{item}","warehouseId":"{warehouse}","difference":"1","reason":"count",
            "bin":"MAIN","lot":"L","note":"n"}]}
        PUT  /api/v1/stock-adjustments/{adjustment} {"companyId":"{company}","date":"{today}","submit":false,"note":"N",
            "lines":[{"itemId":"{item}","warehouseId":"{warehouse}","difference":"50","reason":"count",
            "bin":"MAIN","lot":"L","note":"n"}]}
        POST /api/v1/stock-adjustments/{adjustment}/submission
        POST /api/v1/stock-adjustments/{adjustment}/withdrawal
        POST /api/v1/stock-adjustments/{waiting}/approval {"approvalId":"{approval}","decision":"approve","comment":"c"}
        POST /api/v1/approvals/{twostep}/retraction
        POST /api/v1/approval-rules {"name":"R-{fresh}","documentType":"stock_adjustment","rank":5,
            "conditions":[{"attribute":"reason","is":"loss"}],
            "steps":[{"needs":"any","approvers":[{"kind":"person","id":"{colleague}"}],"escalateAfterHours":4,
            "escalateTo":{"kind":"role","id":"{asked}"}}]}
        PUT  /api/v1/approval-rules/{approvalrule} {"name":"Q-{fresh}","documentType":"stock_adjustment","rank":6,
            "conditions":[{"attribute":"amount","from":"5"}],
            "steps":[{"needs":"all","approvers":[{"kind":"role","id":"{asked}"}],"escalateAfterHours":4,
            "escalateTo":{"kind":"person","id":"{colleague}"}}]}
        POST /api/v1/approval-rules/{approvalrule}/retirement
        POST /api/v1/delegations {"companyId":"{company}","delegateId":"{colleague}",
            "starts":"{today}","ends":"{today}","note":"n"}
        POST /api/v1/delegations/{delegation}/ending
        GET  /api/v1/comments?documentType=stock_adjustment&documentId={waiting}
        POST /api/v1/comments {"documentType":"stock_adjustment","documentId":"{waiting}","text":"T","mentions":["{colleague}"]}
        POST /api/v1/followings {"documentType":"stock_adjustment","documentId":"{waiting}","follow":true}
        POST /api/v1/notifications/reading {"notificationIds":["{notification}"]}
        PUT  /api/v1/notifications/mail {"digest":false}
        POST /api/v1/task-labels {"kind":"tag","name":"T-{fresh}"}
        PUT  /api/v1/task-labels/{tag} {"name":"T-{fresh}"}
        POST /api/v1/tasks {"title":"T","note":"N","dueOn":"{today}","assigneeId":"{colleague}","projectId":"{project}",
            "categoryId":"{category}","tagIds":["{tag}"],"customer":"C",
            "documentType":"stock_adjustment","documentId":"{waiting}"}
        GET  /api/v1/tasks?filter=projectId:is:{project}
        GET  /api/v1/tasks/groups?by=project&filter=projectId:is:{project}
        GET  /api/v1/tasks/export?filter=projectId:is:{project}
        GET  /api/v1/tasks/{task}
        PUT  /api/v1/tasks/{task} {"title":"T","note":"N","dueOn":"{today}","assigneeId":"{colleague}","projectId":"{project}",
            "categoryId":"{category}","tagIds":["{tag}"],"customer":"C",
            "documentType":"stock_adjustment","documentId":"{waiting}"}
        POST /api/v1/tasks/{task}/completion
        POST /api/v1/tasks/{task}/reopening
        DELETE /api/v1/tasks/{task}
        POST /api/v1/task-labels/{oldtag}/retirement
        POST /api/v1/session      {"email":"owner@t{tenant}.example","password":"correct horse","tenantId":{tenant}}
        """;

    // What one does to one's own sign-in, or by a secret that came in a link: nothing of others can be named.
    private const string Personal = """
        PUT  /api/v1/list-views/00000000-0000-7000-8000-000000000001
            {"list":"items","name":"V","query":"sort=name","usual":true}
        PUT  /api/v1/list-views/00000000-0000-7000-8000-000000000001/sharing    {"shared":true}
        PUT  /api/v1/session/language                           {"language":"tr"}
        PUT  /api/v1/session/password                           {"current":"correct horse","password":"another horse"}
        PUT  /api/v1/session/second-factor                      {"password":"correct horse"}
        PUT  /api/v1/session/second-factor/activation           {"digits":"123456"}
        PUT  /api/v1/session/second-factor/recovery-codes       {"password":"correct horse"}
        PUT  /api/v1/session/second-factor/removal              {"password":"correct horse"}
        POST /api/v1/invitations/acceptance                     {"token":"1.aabb","password":"correct horse"}
        POST /api/v1/password-resets                            {"email":"nobody@nowhere.example"}
        POST /api/v1/password-resets/completion                 {"token":"aabb","password":"correct horse"}
        POST /api/v1/device-enrolments                          {"code":"1.AAAA-BBBB"}
        """;

    public static IReadOnlyList<Call> All { get; } = Read(Requests);

    /// <summary>All, and those that name nothing and need what a list cannot hold.</summary>
    public static IReadOnlyList<Call> Everything { get; } = [.. All, .. Read(Personal)];

    private static IReadOnlyList<Call> Read(string requests) =>
        [
            .. from line in Lines().Split(requests)
            let parts = Blanks().Split(line, 3)
            select new Call(HttpMethod.Parse(parts[0]), parts[1], parts.ElementAtOrDefault(2)),
        ];

    public IEnumerable<string> Names => Hole().Matches($"{Path} {Body}").Select(one => one.Value.Trim('{', '}')).Distinct();

    public Call Filled(Func<string, string> value)
    {
        string Fill(string text) => Hole().Replace(text, hole => value(hole.Value.Trim('{', '}')));
        return this with { Path = Fill(Path), Body = Body is null ? null : Fill(Body) };
    }

    public Task<Answer> Send(ApiClient client) =>
        client.Send(
            Method,
            Path,
            Body,
            Method == HttpMethod.Post ? Guid.CreateVersion7().ToString() : null,
            Method == HttpMethod.Put ? "\"1\"" : null
        );

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    // A line that begins with no method belongs to the one before.
    [GeneratedRegex(@"\n(?=[A-Z])", RegexOptions.None, 1000)]
    private static partial Regex Lines();
}
