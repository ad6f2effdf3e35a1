import { Anchor, Button, Checkbox, Group, Paper, Progress, Text, Title } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "@/session/company";
import classes from "./Start.module.css";

/** What somebody who is new tries in the first ten minutes, each where it is done. */
const steps = [
  { name: "stock", to: "/stock", permission: "inventory.stock.read" },
  { name: "receive", to: "/receive", permission: "inventory.receive" },
  { name: "books", to: "/vouchers", permission: "accounting.voucher.read" },
  { name: "reserve", to: "/reserve", permission: "inventory.reserve" },
  { name: "adjust", to: "/adjustments/new", permission: "inventory.adjust" },
  { name: "decide", to: "/inbox", permission: "work.decide" },
  { name: "pivot", to: "/movements?group=warehouse,kind&measure=amount", permission: "inventory.stock.read" },
  { name: "board", to: "/adjustments?layout=board", permission: "inventory.stock.read" },
  { name: "import", to: "/imports/new", permission: "kernel.import.use" },
] as const;

/** Ticked off and put away in this browser; it can be called back. */
export function FirstSteps() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const [done, setDone] = useLocalStorage<string[]>({ key: "millrace.first-steps", defaultValue: [] });
  const [away, setAway] = useLocalStorage({ key: "millrace.first-steps-away", defaultValue: false });
  const mine = steps.filter(({ permission }) => permissions.includes(permission));
  const ticked = mine.filter(({ name }) => done.includes(name)).length;
  if (mine.length === 0) return null;
  if (away)
    return (
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => setAway(false)} data-testid="steps-show">
          {t("start.steps.show")}
        </Button>
      </Group>
    );
  return (
    <Paper withBorder p="md" component="section" aria-label={t("start.steps.title")} data-testid="steps">
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h5">
          {t("start.steps.title")}
        </Title>
        <Group gap="sm">
          <Text size="xs" c="dimmed" data-testid="steps-done">
            {t("start.steps.done", { done: ticked, of: mine.length })}
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setAway(true)}
            data-testid="steps-away"
          >
            {t("start.steps.away")}
          </Button>
        </Group>
      </Group>
      <Progress value={(100 * ticked) / mine.length} size="xs" mb="sm" aria-hidden />
      <div className={classes.steps}>
        {mine.map(({ name, to }) => (
          <Group key={name} gap="xs" wrap="nowrap" align="flex-start">
            <Checkbox
              size="xs"
              mt={4}
              aria-label={t(`start.steps.${name}`)}
              checked={done.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                setDone(checked ? [...done, name] : done.filter((one) => one !== name))
              }
              data-testid={`step-${name}-tick`}
            />
            <Anchor
              component={Link}
              to={to}
              size="sm"
              onClick={() => !done.includes(name) && setDone([...done, name])}
              data-testid={`step-${name}`}
            >
              {t(`start.steps.${name}`)}
            </Anchor>
          </Group>
        ))}
      </div>
    </Paper>
  );
}
