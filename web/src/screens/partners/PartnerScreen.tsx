import { Badge, Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { partnerQuery } from "@/api/partners";
import { Problem } from "@/api/problem";
import { NotFound } from "@/frame/NotFound";
import { Attachments } from "@/parts/attachments/Attachments";
import { CopyButton } from "@/parts/CopyButton";
import { CommentThread } from "@/parts/documents/CommentThread";
import { TasksOfDocument } from "@/parts/documents/TasksOfDocument";
import { OwnFields } from "@/parts/fields/OwnFields";
import { History } from "@/parts/History";
import { Later } from "@/parts/Later";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany, useMay } from "@/session/company";
import { EditPartner } from "./EditPartner";
import { RetirePartner } from "./RetirePartner";
import { StandingCard } from "./StandingCard";
import { type StandingState, standingColors } from "./standing";

const rows = [
  "catalog.partner",
  "catalog.partner_address",
  "catalog.partner_contact",
  "catalog.partner_standing",
];

export function Screen() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const company = useCompany();
  const mayWrite = useMay("catalog.partner.write");
  const mayUse = useMay("work.use");
  // A form begins anew when its person says so; a change seen from elsewhere does not take away what is being typed.
  const [round, setRound] = useState(0);
  const beginAnew = () => setRound((count) => count + 1);
  const query = useQuery(partnerQuery(id));
  const detail = query.data;
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  const partner = detail?.partner;
  const standing = detail?.standings.find((one) => one.companyId === company.id);
  const stops = (["selling", "buying"] as const).filter((way) => standing && standing[way] !== "open");
  return (
    <Frame
      title={partner ? `${partner.code} · ${partner.name}` : t("nav.partners")}
      narrow
      actions={
        partner && (
          <>
            {partner.retiredAt !== null && (
              <Badge color="gray" data-testid="retired">
                {t("items.retired")}
              </Badge>
            )}
            {standing &&
              stops.map((way) => (
                <Badge
                  key={way}
                  color={standingColors[standing[way] as StandingState]}
                  data-testid={`is-${way}`}
                >
                  {t(`partners.${way}`)}: {t(`partners.standing.${standing[way] as StandingState}`)}
                </Badge>
              ))}
            {mayWrite && <CopyButton to="/partners/new" id={id} />}
            {mayWrite && <RetirePartner partner={partner} />}
          </>
        )
      }
    >
      <Stack gap="md">
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
        {query.isPending && (
          <Paper withBorder>
            <Loading rows={6} />
          </Paper>
        )}
        {detail && (
          <>
            <EditPartner key={`${round}-${detail.partner.retiredAt}`} detail={detail} onAnew={beginAnew} />
            <StandingCard
              key={`${company.id}-${standing?.version ?? 0}`}
              partner={detail.partner}
              standings={detail.standings}
            />
            <Later>
              <OwnFields
                documentType="partner"
                documentId={id}
                mayWrite={mayWrite && detail.partner.retiredAt === null}
              />
              <Attachments documentType="partner" documentId={id} />
              {mayUse && (
                <>
                  <TasksOfDocument documentType="partner" documentId={id} title={detail.partner.name} />
                  <CommentThread documentType="partner" documentId={id} />
                </>
              )}
              <History entities={rows} of={id} withFiles />
            </Later>
          </>
        )}
      </Stack>
    </Frame>
  );
}
