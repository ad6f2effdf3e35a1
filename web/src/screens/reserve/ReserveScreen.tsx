import { Checkbox, Group, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useIntent } from "@/api/intent";
import { reserveStock } from "@/api/reservations";
import { DayInput } from "@/parts/DayInput";
import { DocumentDone } from "@/parts/lines/DocumentDone";
import { DocumentFields } from "@/parts/lines/DocumentFields";
import { useDocumentForm } from "@/parts/lines/useDocumentForm";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany } from "@/session/company";
import { type Priority, priorities } from "./priorities";

/** Promises stock to one demand: every line or none, or what is there while the rest waits. */
export function Screen() {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const [certain, setCertain] = useState(false);
  const document = useDocumentForm({ needsReference: true, ...(certain && { lots: "held" }) });
  const [waits, setWaits] = useState(false);
  const [priority, setPriority] = useState<Priority>(5);
  const [neededOn, setNeededOn] = useState("");
  const [heldUntil, setHeldUntil] = useState("");
  const reserve = useIntent(reserveStock);
  const again = () => {
    reserve.reset();
    document.clear();
  };
  const count = reserve.data?.lines.length ?? 0;
  return (
    <Frame title={t("reserve.title")} lead={t("reserve.lead")} narrow>
      {reserve.data ? (
        <DocumentDone
          title={t("reserve.done")}
          number={reserve.data.demand}
          text={
            reserve.data.state === "waiting"
              ? t("reserve.waitingText")
              : reserve.data.state === "expected"
                ? t("reserve.expectedText")
                : t("reserve.doneText", { count })
          }
          leadsTo="reservations"
          again={t("reserve.again")}
          onAgain={again}
        />
      ) : (
        <DocumentFields
          document={document}
          submitLabel={t("reserve.submit")}
          referenceLabel={t("reserve.demand")}
          referenceHint={t("reserve.demandHint")}
          withDate={false}
          error={reserve.error}
          sending={reserve.isPending}
          below={
            <Group align="flex-end" gap="md">
              <Select
                label={t("reserve.priority")}
                data={priorities.map((value) => ({ value: `${value}`, label: t(`priority.${value}`) }))}
                value={`${priority}`}
                onChange={(value) => setPriority(priorities.find((one) => `${one}` === value) ?? 5)}
                allowDeselect={false}
                w={150}
                data-testid="priority"
              />
              <DayInput
                label={t("reserve.neededOn")}
                placeholder={t("reserve.neededNow")}
                clearable
                w={150}
                value={neededOn}
                onChange={setNeededOn}
                data-testid="needed-on"
              />
              <DayInput
                label={t("reserve.until")}
                placeholder={t("reserve.untilReleased")}
                clearable
                w={180}
                value={heldUntil}
                onChange={setHeldUntil}
                data-testid="until"
              />
              <Checkbox
                label={t("reserve.wait")}
                description={t("reserve.waitHint")}
                checked={waits}
                onChange={({ currentTarget: { checked } }) => {
                  setWaits(checked);
                  reserve.reset();
                }}
                data-testid="wait"
              />
              <Checkbox
                label={t("reserve.certain")}
                description={t("reserve.certainHint")}
                checked={certain}
                onChange={({ currentTarget: { checked } }) => {
                  setCertain(checked);
                  reserve.reset();
                }}
                data-testid="certain"
              />
            </Group>
          }
          onSubmit={() =>
            document.submit(({ warehouseId, reference }, lines) =>
              reserve.mutate({
                companyId,
                demand: reference,
                whenShort: waits ? "wait" : "refuse",
                priority,
                neededOn: neededOn || null,
                heldUntil: heldUntil || null,
                lines: lines.map((line) => ({ ...line, warehouseId })),
              }),
            )
          }
        />
      )}
    </Frame>
  );
}
