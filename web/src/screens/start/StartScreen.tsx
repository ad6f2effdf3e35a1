import { Anchor, Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type StartCard, startQuery } from "@/api/start";
import { todayIn } from "@/format/date";
import { useFormat } from "@/format/useFormat";
import { linkOf } from "@/parts/documents/links";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useSession } from "@/session/company";
import { addressOf } from "./addresses";
import { FirstSteps } from "./FirstSteps";
import classes from "./Start.module.css";

const questions = ["mine", "late", "changed"] as const;
type Question = (typeof questions)[number];

/** What needs me today, what is late, what changed: each figure leads to its rows. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const company = useCompany();
  const { user } = useSession();
  const query = useQuery(startQuery(company.id, format.locale));
  const today = todayIn(company.timeZone);
  return (
    <Frame title={t("start.title", { name: user.name })} lead={format.longDate(today)}>
      <Stack gap="md">
        <FirstSteps />
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
          {questions.map((question) => (
            <Paper key={question} withBorder component="section" aria-label={t(`start.question.${question}`)}>
              <Title order={2} size="h5" className={classes.head}>
                {t(`start.question.${question}`)}
              </Title>
              {query.isPending && <Loading rows={4} />}
              {query.data && (
                <Answers
                  question={question}
                  cards={query.data.filter((card) => card.question === question && card.count > 0)}
                  today={today}
                />
              )}
            </Paper>
          ))}
        </SimpleGrid>
      </Stack>
    </Frame>
  );
}

type AnswersProps = { question: Question; cards: readonly StartCard[]; today: string };

function Answers({ question, cards, today }: AnswersProps) {
  const { t } = useTranslation();
  if (cards.length === 0)
    return (
      <Group gap={8} p="md" data-testid={`start-${question}-none`}>
        <Text c="dimmed" component="span" lh={0}>
          <Icon name="check" size={18} />
        </Text>
        <Text size="sm" c="dimmed">
          {t(`start.none.${question}`)}
        </Text>
      </Group>
    );
  return cards.map((card) => <Answer key={card.name} card={card} today={today} />);
}

const colors = { mine: "mill", late: "red", changed: "gray" } as const;

function Answer({ card, today }: { card: StartCard; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const to = addressOf(card.name, today);
  const titleOf = (title: string) => (/^\d{4}-\d{2}$/.test(title) ? format.month(title) : title);
  return (
    <div className={classes.answer} data-testid={`start-${card.name}`}>
      <Group justify="space-between" wrap="nowrap" gap="xs" mb={4}>
        {to === null ? (
          <Text size="sm" fw={600}>
            {card.title}
          </Text>
        ) : (
          <Anchor component={Link} to={to} size="sm" fw={600}>
            {card.title}
          </Anchor>
        )}
        <Badge color={colors[card.question as Question]} data-testid={`start-${card.name}-count`}>
          {card.more ? t("start.andMore", { count: card.count }) : card.count}
        </Badge>
      </Group>
      {card.rows.map((row, at) => (
        // Two rows may well be alike, and they are never moved.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className={classes.row}>
          <Text size="sm" truncate component="span">
            {row.type !== null && row.id !== null ? (
              <Anchor component={Link} to={linkOf(row.type, row.id)} inherit>
                {row.title}
              </Anchor>
            ) : (
              titleOf(row.title)
            )}{" "}
            <Text span size="xs" c="dimmed">
              {/^\d{4}-\d{2}-\d{2}$/.test(row.detail) ? format.date(row.detail) : row.detail}
            </Text>
          </Text>
          {row.at !== null && (
            <Text size="xs" c="dimmed" className={classes.at}>
              {format.instant(row.at)}
            </Text>
          )}
        </div>
      ))}
    </div>
  );
}
