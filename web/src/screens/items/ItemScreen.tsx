import { Badge, Button, Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { itemQuery } from "@/api/catalog";
import { Problem } from "@/api/problem";
import { NotFound } from "@/frame/NotFound";
import { Attachments } from "@/parts/attachments/Attachments";
import { CopyButton } from "@/parts/CopyButton";
import { CommentThread } from "@/parts/documents/CommentThread";
import { TasksOfDocument } from "@/parts/documents/TasksOfDocument";
import { OwnFields } from "@/parts/fields/OwnFields";
import { History } from "@/parts/History";
import { Later } from "@/parts/Later";
import { listOf } from "@/parts/list/condition";
import { Loading, ProblemNote } from "@/parts/Notes";
import { Screen as Frame } from "@/parts/Screen";
import { useMay } from "@/session/company";
import { EditItem } from "./EditItem";
import { ItemAvailable } from "./ItemAvailable";
import { ItemCosts } from "./ItemCosts";
import { ItemStock } from "./ItemStock";
import { ItemUnits } from "./ItemUnits";
import { ItemVariants } from "./ItemVariants";
import { RetireItem } from "./RetireItem";
import { StockCourse } from "./StockCourse";

const itemRows = ["catalog.item", "catalog.item_cost", "catalog.item_unit"];

export function Screen() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const [round, setRound] = useState(0);
  const beginAnew = () => setRound((count) => count + 1);
  const query = useQuery(itemQuery(id));
  const mayWrite = useMay("catalog.item.write");
  const mayUse = useMay("work.use");
  const mayReadStock = useMay("inventory.stock.read");
  const item = query.data;
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  return (
    <Frame
      title={item ? `${item.code} · ${item.name}` : t("nav.items")}
      narrow
      actions={
        item && (
          <>
            {item.retiredAt !== null && (
              <Badge color="gray" data-testid="retired">
                {t("items.retired")}
              </Badge>
            )}
            {mayReadStock && (
              <>
                <Button component={Link} to={listOf("/stock", { item: item.code })} variant="default">
                  {t("nav.stock")}
                </Button>
                <Button component={Link} to={listOf("/movements", { item: item.code })} variant="default">
                  {t("nav.movements")}
                </Button>
              </>
            )}
            {mayWrite && <CopyButton to="/items/new" id={id} />}
            {mayWrite && <RetireItem item={item} />}
          </>
        )
      }
    >
      <Stack gap="md">
        <ProblemNote error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        {query.isPending && (
          <Paper withBorder>
            <Loading rows={4} />
          </Paper>
        )}
        {item && <EditItem key={`${round}-${item.retiredAt}`} item={item} onAnew={beginAnew} />}
        {item && (
          <Later>
            <OwnFields
              documentType="item"
              documentId={item.id}
              mayWrite={mayWrite && item.retiredAt === null}
            />
            {mayReadStock && <ItemStock item={item} />}
            {mayReadStock && <ItemAvailable item={item} />}
            {mayReadStock && <StockCourse item={item} />}
            <ItemCosts item={item} />
            <ItemUnits item={item} />
            <ItemVariants item={item} />
            <Attachments documentType="item" documentId={item.id} />
            {mayUse && (
              <>
                <TasksOfDocument
                  documentType="item"
                  documentId={item.id}
                  title={`${item.code} · ${item.name}`}
                />
                <CommentThread documentType="item" documentId={item.id} />
              </>
            )}
            <History entities={itemRows} of={item.id} withFiles />
          </Later>
        )}
      </Stack>
    </Frame>
  );
}
