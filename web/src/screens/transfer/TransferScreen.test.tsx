import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerWith } from "@/test/server";
import { show } from "@/test/show";
import { Screen } from "./TransferScreen";

const item = { id: "i1", code: "BOLT", name: "Hex bolt", kind: "goods", unit: "pcs", version: 1 };
const warehouse = { id: "w1", companyId: "c1", code: "MAIN", name: "Main" };
const done = {
  ...{ number: "ST-2026-000003", date: "2026-11-30", currency: "TRY", total: "0" },
  lines: [{}, {}],
};

it("Sends where to and what becomes of the goods with every line, and says in how many lines it went", async () => {
  const sent = answerWith(({ method, path }) => {
    if (method === "POST") return { status: 201, body: done };
    if (path.startsWith("/api/v1/items/i1")) return { body: { ...item, retiredAt: null, costs: [] } };
    if (path.startsWith("/api/v1/warehouses")) return { body: { items: [warehouse], next: null } };
    return { body: { items: [], next: null } };
  });
  await show(<Screen />, { path: "/transfer?item=i1&warehouse=w1" });
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("line-1-item").value).toContain("BOLT"));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("warehouse").value).toContain("MAIN"));
  fireEvent.change(screen.getByTestId("line-1-quantity"), { target: { value: "3" } });
  fireEvent.change(screen.getByTestId("bin"), { target: { value: " A-01 " } });
  fireEvent.click(screen.getByTestId("toStatus"));
  const choices = await screen.findAllByText("Blocked");
  fireEvent.click(choices[choices.length - 1] as HTMLElement);
  fireEvent.click(screen.getByTestId("submit"));
  expect((await screen.findByTestId("document-number")).textContent).toBe("ST-2026-000003");
  expect(screen.getByText("1 line is in its new place.")).toBeTruthy();
  expect(sent.find(({ method }) => method === "POST")?.body).toEqual({
    ...{ warehouseId: "w1", toWarehouseId: "w1", date: expect.stringMatching(/^\d{4}-/), reference: null },
    lines: [
      {
        ...{ itemId: "i1", quantity: "3", unit: null, lot: null, bin: "A-01", toBin: null },
        ...{ status: "available", toStatus: "blocked", ownerId: null },
      },
    ],
  });
});
