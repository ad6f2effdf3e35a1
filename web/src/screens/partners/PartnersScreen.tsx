import { Anchor, Badge } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { partnerQuery } from "@/api/partners";
import { justNow } from "@/api/queryClient";
import type { Partner } from "@/api/types";
import { ImportButton } from "@/parts/ImportButton";
import { ListView } from "@/parts/list/ListView";
import { NewButton } from "@/parts/NewButton";
import { Empty } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";

const idOf = (row: Partner) => row.id;
const linkOf = (row: Partner) => `/partners/${row.id}`;
const rowProps = (row: Partner) => ({
  "data-testid": `partner-row-${row.code}`,
  "data-muted": row.retiredAt !== null,
});

export function Screen() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const mayWrite = useMay("catalog.partner.write");
  const cells = useMemo(
    () => ({
      code: (row: Partner) => (
        <Anchor component={Link} to={linkOf(row)} inherit fw={600}>
          {row.code}
        </Anchor>
      ),
      customer: (row: Partner) => row.customer && <Badge>{t("partners.customer")}</Badge>,
      supplier: (row: Partner) => row.supplier && <Badge color="gray">{t("partners.supplier")}</Badge>,
      email: (row: Partner) =>
        row.email !== "" && (
          <Anchor href={`mailto:${row.email}`} inherit>
            {row.email}
          </Anchor>
        ),
      created: (row: Partner) => row.createdAt.slice(0, 10),
      retired: (row: Partner) => row.retiredAt !== null && <Badge color="gray">{t("items.retired")}</Badge>,
    }),
    [t],
  );
  const add = mayWrite && (
    <NewButton to="/partners/new" label={t("partners.new")} data-testid="new-partner" />
  );
  return (
    <Frame
      title={t("nav.partners")}
      lead={t("partners.lead")}
      actions={
        <>
          <ImportButton kind="partners" permission="catalog.partner.write" />
          {add}
        </>
      }
    >
      <ListView<Partner>
        list="partners"
        cells={cells}
        rowId={idOf}
        rowProps={rowProps}
        linkOf={linkOf}
        onPoint={({ id }) => void queryClient.prefetchQuery({ ...partnerQuery(id), staleTime: justNow })}
        label={t("nav.partners")}
        searchLabel={t("partners.search")}
        empty={
          <Empty icon="partners" title={t("partners.empty")} text={t("partners.emptyText")}>
            {add}
          </Empty>
        }
      />
    </Frame>
  );
}
