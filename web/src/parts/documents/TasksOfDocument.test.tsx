import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { answerWith } from "@/test/server";
import { show } from "@/test/show";
import { TasksOfDocument } from "./TasksOfDocument";

const task = {
  ...{ id: "t1", title: "Count again", note: "", dueOn: "2020-01-02", assigneeId: "p1" },
  ...{ assigneeName: "Zeynep Kaya", projectId: null, categoryId: null, tagIds: [], customer: "" },
  ...{ documentType: "voucher", documentId: "v1", documentTitle: "GR-7", doneAt: null, version: 1 },
};
const voucher = <TasksOfDocument documentType="voucher" documentId="v1" title="GR-7" />;

/** A server with one open task, which is none any more once something was posted. */
function serve() {
  let posted = false;
  return answerWith(({ method, path }) => {
    if (method === "POST") posted = true;
    if (method === "POST") return { body: { ...task, doneAt: "2026-11-28T10:00:00Z" } };
    if (path.startsWith("/api/v1/people")) return { body: { members: [], roles: [] } };
    return { body: { items: path.startsWith("/api/v1/tasks?") && !posted ? [task] : [], next: null } };
  });
}

it("Shows the open tasks of the document and marks one as done", async () => {
  const sent = serve();
  await show(voucher);
  const row = within(await screen.findByTestId("task-row-Count again"));
  expect(row.getByText("Zeynep Kaya")).toBeTruthy();
  expect(row.getByText(/02\/01\/2020/).textContent).toContain("overdue");
  expect(sent[0]?.path).toContain("filter=documentType%3Ais%3Avoucher&filter=documentId%3Ais%3Av1");

  fireEvent.click(row.getByTestId("task-done"));

  await waitFor(() => expect(screen.queryByTestId("task-row-Count again")).toBeNull());
  expect(sent.find(({ method }) => method === "POST")?.path).toBe("/api/v1/tasks/t1/completion");
});

it("A new task is linked to the document it is made from", async () => {
  const sent = serve();
  await show(voucher, { language: "tr" });
  await screen.findByTestId("task-row-Count again");
  fireEvent.click(screen.getByTestId("new-task"));
  expect((await screen.findByTestId("task-document")).textContent).toBe("GR-7 belgesine bağlı");
  fireEvent.change(screen.getByTestId("task-title"), { target: { value: "Call the supplier" } });
  fireEvent.click(screen.getByTestId("task-save"));

  await waitFor(() => expect(screen.queryByTestId("task-save")).toBeNull());
  expect(sent.find(({ method }) => method === "POST")?.body).toMatchObject({
    title: "Call the supplier",
    documentType: "voucher",
    documentId: "v1",
  });
});
