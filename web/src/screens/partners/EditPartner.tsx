import { Button, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePartner, partnerNowQuery, partnerQuery } from "@/api/partners";
import { Problem } from "@/api/problem";
import type { PartnerDetail } from "@/api/types";
import { type Difference, Overtaken } from "@/parts/documents/Overtaken";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { useMay } from "@/session/company";
import { AddressList } from "./AddressList";
import { ContactList } from "./ContactList";
import { EraseContact } from "./EraseContact";
import { PartnerFields } from "./PartnerFields";
import { fieldsOf, type PartnerValues, usePartnerForm, valuesOf } from "./partnerForm";

const compared = [
  "name",
  "country",
  "taxNumber",
  "taxOffice",
  "currency",
  "paymentDays",
  "email",
  "phone",
  "website",
  "note",
] as const;

/** Changes a partner with its addresses and contacts; what somebody else saved meanwhile is shown beside it. */
export function EditPartner({ detail, onAnew }: { detail: PartnerDetail; onAnew: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { partner } = detail;
  const readOnly = !useMay("catalog.partner.write") || partner.retiredAt !== null;
  const form = usePartnerForm(valuesOf(detail));
  const [version, setVersion] = useState(partner.version);
  const change = useMutation({
    mutationFn: changePartner,
    onSuccess: async (changed, { body }) => {
      queryClient.setQueryData(partnerQuery(partner.id).queryKey, changed);
      notifications.show({ message: t("partners.saved", { code: partner.code }) });
      // What was typed while it was being saved stays, and counts from what is saved now; who types on keeps the place.
      const saved = valuesOf(changed);
      setVersion(changed.partner.version);
      form.setInitialValues(saved);
      if (JSON.stringify(fieldsOf(form.getValues())) === JSON.stringify(body)) form.setValues(saved);
      form.resetDirty(saved);
      await queryClient.invalidateQueries({ queryKey: ["partners"] });
    },
  });
  const overtaken = change.error instanceof Problem && change.error.status === 412;
  const theirs = useQuery({ ...partnerNowQuery(partner.id), enabled: overtaken });
  const differences = overtaken && theirs.data ? differ(form.values, valuesOf(theirs.data)) : null;
  const save = (against: number) =>
    change.mutate({ id: partner.id, version: against, body: fieldsOf(form.values) });
  function differ(mine: PartnerValues, other: PartnerValues): Difference[] {
    const plain = compared
      .filter((name) => mine[name] !== other[name])
      .map((name) => ({ label: t(`partners.${name}`), mine: mine[name], theirs: other[name] }));
    const parts = (["addresses", "contacts"] as const)
      .filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(other[name]))
      .map((name) => ({
        label: t(`partners.${name}`),
        mine: String(mine[name].length),
        theirs: String(other[name].length),
      }));
    return [...plain, ...parts];
  }
  return (
    <form noValidate onSubmit={form.onSubmit(() => save(version))}>
      <UnsavedGuard when={!readOnly && form.isDirty()} />
      <Stack gap="md">
        <PartnerFields form={form} readOnly={readOnly} />
        <AddressList form={form} readOnly={readOnly} />
        <ContactList
          form={form}
          readOnly={readOnly}
          erase={(contact) => <EraseContact partnerId={partner.id} contact={contact} onErased={onAnew} />}
        />
        {overtaken ? (
          <Overtaken
            differences={differences}
            busy={change.isPending}
            onMine={() => {
              const now = theirs.data?.partner.version ?? version;
              setVersion(now);
              save(now);
            }}
            onTheirs={() => {
              if (theirs.data) queryClient.setQueryData(partnerQuery(partner.id).queryKey, theirs.data);
              onAnew();
            }}
          />
        ) : (
          <ProblemNote error={change.error} />
        )}
        {!readOnly && (
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!form.isDirty()} data-testid="submit">
              {t("common.save")}
            </Button>
            {form.isDirty() && (
              <Button variant="default" onClick={form.reset} data-testid="discard">
                {t("unsaved.discard")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
