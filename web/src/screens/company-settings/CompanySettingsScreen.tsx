import { Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { letterheadQuery, mailSettingsQuery } from "@/api/company";
import { History } from "@/parts/History";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { LetterheadForm } from "./LetterheadForm";
import { MailSettingsForm } from "./MailSettingsForm";
import { TestMail } from "./TestMail";

const rowsOfCompany = ["company.company", "company.letterhead"];
const rowsWithMail = [...rowsOfCompany, "kernel.mail_account"];

/** What stands on the company's paper, and the server its mails leave through. */
export function Screen() {
  const { t } = useTranslation();
  const company = useCompany();
  const mayMail = useMay("company.mail.manage");
  const letterhead = useQuery(letterheadQuery(company.id));
  const mail = useQuery({ ...mailSettingsQuery(company.id), enabled: mayMail });
  return (
    <Frame title={t("nav.companySettings")} lead={company.name} narrow>
      <Stack gap="md">
        <ProblemNote
          error={letterhead.error ?? mail.error}
          onRetry={() => void Promise.all([letterhead.refetch(), mayMail ? mail.refetch() : null])}
        />
        {letterhead.isPending && (
          <Paper withBorder>
            <Loading rows={6} />
          </Paper>
        )}
        {letterhead.data && (
          <LetterheadForm key={`${company.id} ${letterhead.data.version}`} letterhead={letterhead.data} />
        )}
        {mail.data && <MailSettingsForm key={`${company.id} ${mail.data.version}`} settings={mail.data} />}
        {mail.data && mail.data.host !== "" && <TestMail />}
        <History entities={mayMail ? rowsWithMail : rowsOfCompany} of={company.id} withFiles />
      </Stack>
    </Frame>
  );
}
