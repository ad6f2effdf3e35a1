import {
  Button,
  FileButton,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeLetterhead, letterheadQuery } from "@/api/company";
import { attachFile, contentOf } from "@/api/files";
import type { Letterhead } from "@/api/types";
import { ProblemNote } from "@/parts/Notes";
import { useCompany, useMay } from "@/session/company";

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Address, tax number and logo, as they stand on every printed page. */
export function LetterheadForm({ letterhead }: { letterhead: Letterhead }) {
  const { t } = useTranslation();
  const companyId = useCompany().id;
  const mayWrite = useMay("company.letterhead.write");
  const mayAttach = useMay("kernel.attachment.write");
  const queryClient = useQueryClient();
  const { version, address, ...rest } = letterhead;
  const form = useForm({
    initialValues: { ...rest, address: address.join("\n") },
    validate: { address: (value) => (linesOf(value).length > 0 ? null : t("common.needed")) },
  });
  const save = useMutation({
    mutationFn: changeLetterhead,
    onSuccess: (changed) => {
      queryClient.setQueryData(letterheadQuery(companyId).queryKey, changed);
      notifications.show({ message: t("companySettings.saved") });
    },
  });
  const upload = useMutation({
    mutationFn: attachFile,
    onSuccess: (file) => form.setFieldValue("logoId", file.id),
  });
  const { logoId } = form.values;
  const text = (name: "taxOffice" | "taxNumber" | "phone" | "email" | "website") => (
    <TextInput label={t(`companySettings.${name}`)} readOnly={!mayWrite} {...form.getInputProps(name)} />
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate({ companyId, version, body: { ...values, address: linesOf(values.address) } }),
      )}
    >
      <Paper withBorder p="md" data-testid="letterhead">
        <Stack gap="md">
          <div>
            <Title order={2} size="h5">
              {t("companySettings.letterhead")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("companySettings.letterheadText")}
            </Text>
          </div>
          <Textarea
            label={t("companySettings.address")}
            autosize
            minRows={2}
            maxRows={6}
            readOnly={!mayWrite}
            {...form.getInputProps("address")}
            data-testid="address"
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text("taxOffice")}
            {text("taxNumber")}
            {text("phone")}
            {text("email")}
            {text("website")}
          </SimpleGrid>
          <Group gap="sm">
            {logoId && (
              <Text size="sm" data-testid="logo">
                <a href={contentOf(logoId)} download>
                  {t("companySettings.logo")}
                </a>
              </Text>
            )}
            {mayWrite && mayAttach && (
              <FileButton
                accept="image/png,image/jpeg"
                onChange={(file) =>
                  file && upload.mutate({ documentType: "company", documentId: companyId, file })
                }
                inputProps={{ "aria-label": t("companySettings.chooseLogo") }}
              >
                {(props) => (
                  <Button {...props} size="xs" variant="default" loading={upload.isPending}>
                    {t("companySettings.chooseLogo")}
                  </Button>
                )}
              </FileButton>
            )}
            {mayWrite && logoId && (
              <Button size="xs" variant="subtle" onClick={() => form.setFieldValue("logoId", null)}>
                {t("companySettings.noLogo")}
              </Button>
            )}
          </Group>
          <ProblemNote error={save.error ?? upload.error} />
          {mayWrite && (
            <Group>
              <Button
                type="submit"
                loading={save.isPending}
                disabled={!form.isDirty()}
                data-testid="save-letterhead"
              >
                {t("common.save")}
              </Button>
            </Group>
          )}
        </Stack>
      </Paper>
    </form>
  );
}
