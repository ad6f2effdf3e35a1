import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerWith, type Sent } from "@/test/server";
import { show } from "@/test/show";
import { Screen } from "./IssueScreen";

const item = {
  id: "i1",
  code: "BOLT",
  name: "Hex bolt",
  kind: "goods",
  unit: "pcs",
  version: 1,
  retiredAt: null,
};
const warehouse = { id: "w1", companyId: "c1", code: "MAIN", name: "Main" };
const stock = {
  ...{
    itemId: "i1",
    itemCode: "BOLT",
    itemName: "Hex bolt",
    unit: "pcs",
    warehouseId: "w1",
    warehouseCode: "MAIN",
  },
  ...{ onHand: "1500.500000", reserved: "0", available: "1500.500000" },
};
const shortage = {
  ...{ itemId: "i1", itemCode: "BOLT", warehouseId: "w1", warehouseCode: "MAIN" },
  ...{ wanted: "2000.250000", available: "1500.500000", missing: "499.750000" },
};
const done = { number: "GI-2026-000007", date: "2026-11-20", currency: "TRY", total: "10.00", lines: [{}] };

type Issue = () => ReturnType<Parameters<typeof answerWith>[0]>;

function serve(...issues: Issue[]): Sent[] {
  const left = [...issues];
  return answerWith(({ method, path }) => {
    if (method === "POST")
      return (left.shift() ?? issues[issues.length - 1] ?? (() => "no network" as const))();
    if (path.startsWith("/api/v1/items/i1")) return { body: { ...item, costs: [] } };
    if (path.startsWith("/api/v1/warehouses")) return { body: { items: [warehouse], next: null } };
    if (path.startsWith("/api/v1/stock")) return { body: { items: [stock], next: null, position: 1 } };
    return { body: { items: [item], next: null } };
  });
}

const posts = (sent: Sent[]) => sent.filter(({ method }) => method === "POST");

async function issue(quantity: string) {
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("line-1-item").value).toContain("BOLT"));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("warehouse").value).toContain("MAIN"));
  fireEvent.change(screen.getByTestId("line-1-quantity"), { target: { value: quantity } });
  fireEvent.click(screen.getByTestId("submit"));
}

it("Shows what is wanted, available and missing on the line that is short, in the reader's language", async () => {
  const sent = serve(() => ({
    status: 409,
    body: { code: "inventory.short", facts: { shortages: [shortage] } },
  }));
  await show(<Screen />, { path: "/issue?item=i1&warehouse=w1", language: "tr" });
  await issue("2.000,25");
  const note = within(await screen.findByTestId("shortage-BOLT"));
  expect(note.getByTestId("wanted").textContent).toBe("2.000,25");
  expect(note.getByTestId("available").textContent).toBe("1.500,5");
  expect(note.getByTestId("missing").textContent).toBe("499,75");
  expect(posts(sent)[0]?.body).toMatchObject({
    reason: "consumption",
    lines: [{ itemId: "i1", quantity: "2000.25" }],
  });
});

it("Trying again after a lost answer sends the same key, and the document number appears", async () => {
  const sent = serve(
    () => "no network",
    () => ({ status: 503, body: { code: "busy" } }),
    () => ({ status: 201, body: done }),
  );
  await show(<Screen />, { path: "/issue?item=i1&warehouse=w1" });
  await issue("3");
  fireEvent.click(await screen.findByTestId("retry"));
  await screen.findByText(/busy right now/);
  fireEvent.click(screen.getByTestId("retry"));
  expect((await screen.findByTestId("document-number")).textContent).toBe("GI-2026-000007");
  const keys = posts(sent).map(({ key }) => key);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(screen.getByTestId("see-voucher").getAttribute("href")).toBe(
    "/vouchers?filter=document%3Ais%3AGI-2026-000007",
  );
});

it("Sends nothing while a line is wrong, and says what is wrong", async () => {
  const sent = serve();
  await show(<Screen />, { path: "/issue?item=i1&warehouse=w1", language: "tr" });
  await issue("12.5");
  await screen.findByText("1.250,5 gibi bir sayı girin.");
  expect(posts(sent)).toEqual([]);
});
