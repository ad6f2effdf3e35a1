import { Button, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useIntent } from "@/api/intent";
import { createPartner, partnerQuery } from "@/api/partners";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { AddressList } from "./AddressList";
import { ContactList } from "./ContactList";
import { PartnerFields } from "./PartnerFields";
import { copyOf, fieldsOf, newPartner, type PartnerValues, usePartnerForm } from "./partnerForm";

export function Screen() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const like = params.get("like");
  const query = useQuery({ ...partnerQuery(like ?? ""), enabled: like !== null });
  return (
    <Frame title={t("partners.new")} narrow>
      <ProblemNote error={query.error} />
      {like === null && <NewPartner like={newPartner} />}
      {query.data && <NewPartner like={copyOf(query.data)} />}
    </Frame>
  );
}

function NewPartner({ like }: { like: PartnerValues }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = usePartnerForm(like);
  const create = useIntent(createPartner, {
    onSuccess: async (partner) => {
      notifications.show({ message: t("partners.created", { code: partner.code }) });
      await queryClient.invalidateQueries({ queryKey: ["partners"] });
      navigate(`/partners/${partner.id}`, { state: { saved: true } });
    },
  });
  return (
    <>
      <UnsavedGuard when={form.isDirty()} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          create.mutate({ code: values.code.trim(), partner: fieldsOf(values) }),
        )}
      >
        <Stack gap="md">
          <PartnerFields form={form} isNew />
          <AddressList form={form} readOnly={false} />
          <ContactList form={form} readOnly={false} />
          <ProblemNote error={create.error} />
          <Group gap="xs">
            <Button type="submit" loading={create.isPending} data-testid="submit">
              {t("partners.create")}
            </Button>
            <Button component={Link} to="/partners" variant="default">
              {t("common.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
