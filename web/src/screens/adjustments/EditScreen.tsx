import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { adjustmentQuery } from "@/api/adjustments";
import { Problem } from "@/api/problem";
import { NotFound } from "@/frame/NotFound";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useCompany } from "@/session/company";
import { AdjustmentForm } from "./AdjustmentForm";

/** Writes a correction, or changes one that is not posted. */
export function Screen() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [params] = useSearchParams();
  const like = params.get("like");
  const copied = useQuery({ ...adjustmentQuery(useCompany().id, like ?? ""), enabled: like !== null });
  const [round, setRound] = useState(0);
  const query = useQuery({ ...adjustmentQuery(useCompany().id, id ?? ""), enabled: id !== undefined });
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  const waits = query.data?.state === "waiting";
  return (
    <Frame
      title={id ? (query.data?.number ?? t("nav.adjustments")) : t("adjustments.title")}
      lead={waits ? t("adjustments.askAgain") : t("adjustments.formLead")}
      narrow
    >
      <ProblemNote error={copied.error} />
      <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      {id !== undefined && query.isPending && <Loading rows={5} />}
      {id === undefined && like === null && <AdjustmentForm opened={null} />}
      {copied.data && <AdjustmentForm opened={null} like={copied.data} />}
      {query.data && <AdjustmentForm key={round} opened={query.data} onTheirs={() => setRound(round + 1)} />}
    </Frame>
  );
}
