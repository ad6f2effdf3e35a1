import { Badge, Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { Problem } from "@/api/problem";
import { unitQuery } from "@/api/units";
import { useFormat } from "@/format/useFormat";
import { NotFound } from "@/frame/NotFound";
import { History } from "@/parts/History";
import { Icon } from "@/parts/icons";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Part } from "@/parts/Part";
import { PrintButton } from "@/parts/PrintButton";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { DissolveUnit } from "./DissolveUnit";
import { MoveUnit } from "./MoveUnit";
import { UnitGoodsTable } from "./UnitGoodsTable";

/** A pallet: where it stands, where it goes, and what is on it. */
export function Screen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { sscc = "" } = useParams();
  const mayMove = useMay("inventory.transfer");
  const mayReceive = useMay("inventory.receive");
  const { data, error, isPending, isFetching, refetch } = useQuery(unitQuery(sscc));
  if (error instanceof Problem && error.status === 404) return <NotFound />;
  if (isPending || error)
    return (
      <Frame title={sscc}>
        {error ? <ProblemNote error={error} onRetry={refetch} retrying={isFetching} /> : <Loading rows={5} />}
      </Frame>
    );
  const here = data.dissolvedAt === null;
  const put = new URLSearchParams({ warehouse: data.warehouseId, toBin: sscc });
  return (
    <Frame
      title={sscc}
      lead={
        here
          ? t("units.stands", {
              warehouse: data.warehouseCode,
              bin: data.bin,
              since: format.instant(data.movedAt),
            })
          : t("units.dissolvedOn", { when: format.instant(data.dissolvedAt ?? "") })
      }
      actions={
        here && <PrintButton href={`/api/v1/handling-units/${sscc}/label/pdf`} label={t("units.label")} />
      }
    >
      <Stack gap="md" data-testid="unit">
        {!here && <Badge color="gray">{t("units.dissolved")}</Badge>}
        {here && mayMove && <MoveUnit key={`${data.warehouseId} ${data.bin}`} unit={data} />}
        <Part title={t("units.goods")} nothing={data.goods.length === 0 && t("units.nothing")} all={false}>
          <UnitGoodsTable unit={data} />
        </Part>
        {here && (
          <Group gap="xs">
            {mayMove && (
              <Button
                component={Link}
                to={`/transfer?${put}`}
                variant="default"
                leftSection={<Icon name="transfer" size={16} />}
                data-testid="unit-put"
              >
                {t("units.put")}
              </Button>
            )}
            {mayReceive && (
              <Button
                component={Link}
                to={`/receive?${put}`}
                variant="default"
                leftSection={<Icon name="receive" size={16} />}
                data-testid="unit-receive"
              >
                {t("units.receive")}
              </Button>
            )}
            {mayMove && <DissolveUnit unit={data} />}
          </Group>
        )}
        <History entities={["inventory.handling_unit"]} of={sscc} />
      </Stack>
    </Frame>
  );
}
