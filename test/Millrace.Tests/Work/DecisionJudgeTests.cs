using Millrace.Work;

namespace Millrace.Tests;

/// <summary>The judgement about decisions in the order of arrival, without a database.</summary>
public sealed class DecisionJudgeTests
{
    private static readonly Guid Approval = Guid.CreateVersion7();
    private static readonly Guid Document = Guid.CreateVersion7();

    // Persons a to f; p asked. Roles: a and b hold X, b also Y, c holds Y. d is the delegate of a, e of d, f of p.
    // Steps are joined by >; capitals are roles. A decision is +person or -person.
    [Theory]
    [InlineData(
        """
            needs        | decided  | answered
            any X        | +a       | approved
            any X        | -a       | rejected
            any X        | -a +b    | rejected; not_pending
            any X        | +p       | own
            any X        | +c       | not_asked
            any X        | +d       | approved
            any X        | +e       | not_asked
            any p        | +f       | not_asked
            any Xp       | +p +f    | own; not_asked
            all XY       | +a +c    | pending; approved
            all XY       | +b +a    | pending; approved
            all XY       | +b +c    | pending; approved
            all XY       | +a +b    | pending; approved
            all XY       | +a +d    | pending; not_asked
            all XX       | +a +a    | pending; decided_before
            all Xc       | +a +b    | pending; not_needed
            all Xc       | +d +a    | pending; decided_before
            all Xc       | +a -b    | pending; rejected
            any X>any Y  | +a +c    | pending; approved
            any X>any Y  | +b +b    | pending; decided_before
            any X>any Y  | +c +a    | not_asked; pending
            any X>any X  | +a +b    | pending; approved
            any X>any X  | +d +a    | pending; decided_before
            """
    )]
    public void A_decision_counts_for_one_approver_and_each_person_decides_once(string table)
    {
        foreach (var line in table.Split('\n')[1..])
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            var verdicts = DecisionJudge.Judge(
                [.. cells[1].Split(' ').Select(Read)],
                new Dictionary<Guid, Standing> { [Approval] = Asked(cells[0]) },
                "abcdefp".ToDictionary(Person, HandsOf)
            );
            Assert.Equal($"{cells[0]}: {cells[2]}", $"{cells[0]}: {string.Join("; ", verdicts.Select(Shown))}");
        }
    }

    [Fact]
    public void Escalated_to_somebody_their_word_alone_is_enough_but_never_the_askers()
    {
        ApprovalStep step = new("all", [Role('X'), Role('Y')], 4, new Approver("person", Person('e')));
        var asked = Asked("all XY") with { Steps = [step] };

        Assert.Equal("not_asked", Shown(One(asked, 'e')));
        Assert.Equal("approved", Shown(One(asked with { Escalated = true }, 'e')));
        Assert.Equal("pending", Shown(One(asked with { Escalated = true }, 'a')));
        Assert.Equal("own", Shown(One(asked with { Escalated = true, Authors = [Person('e')] }, 'e')));
    }

    [Fact]
    public void An_approval_of_another_document_is_like_none()
    {
        var decision = Read("+a") with { DocumentId = Guid.CreateVersion7() };
        var verdict = DecisionJudge.Judge(
            [decision],
            new Dictionary<Guid, Standing> { [Approval] = Asked("any X") },
            new Dictionary<Guid, IReadOnlyList<Hand>> { [Person('a')] = HandsOf('a') }
        )[0];

        Assert.Equal(404, verdict.Refusal!.Status);
    }

    private static Kernel.Verdict<Ruling> One(Standing asked, char person) =>
        DecisionJudge.Judge(
            [Read($"+{person}")],
            new Dictionary<Guid, Standing> { [Approval] = asked },
            new Dictionary<Guid, IReadOnlyList<Hand>> { [Person(person)] = HandsOf(person) }
        )[0];

    private static string Shown(Kernel.Verdict<Ruling> verdict) =>
        verdict.Refusal is { } refusal ? refusal.Code["approval.".Length..] : verdict.Result.After.State;

    private static ApprovalDecision Read(string word) => new("type", Document, Approval, Person(word[1]), word[0] == '+', "");

    private static Standing Asked(string needs) =>
        new(
            Approval,
            "type",
            Document,
            "pending",
            1,
            [
                .. needs
                    .Split('>')
                    .Select(step => new ApprovalStep(
                        step[..3],
                        [.. step[4..].Select(one => char.IsUpper(one) ? Role(one) : new Approver("person", Person(one)))]
                    )),
            ],
            [Person('p')],
            Escalated: false,
            []
        );

    private static IReadOnlyList<Hand> HandsOf(char person) =>
        person switch
        {
            'd' => [Himself('d'), Himself('a')],
            'e' => [Himself('e'), Himself('d')],
            'f' => [Himself('f'), Himself('p')],
            _ => [Himself(person)],
        };

    private static Hand Himself(char person) =>
        new(
            Person(person),
            person switch
            {
                'a' => [Role('X').Id],
                'b' => [Role('X').Id, Role('Y').Id],
                'c' => [Role('Y').Id],
                _ => (HashSet<Guid>)[],
            }
        );

    private static Guid Person(char letter) => new($"00000000-0000-7000-8000-0000000000{(int)letter:x2}");

    private static Approver Role(char letter) => new("role", new Guid($"00000000-0000-7000-8000-0000000001{(int)letter:x2}"));
}
