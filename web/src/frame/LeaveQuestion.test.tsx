import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { createMemoryRouter, Link, Outlet, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { UnsavedGuard } from "@/parts/documents/UnsavedGuard";
import { LeaveQuestion } from "./LeaveQuestion";

function Form({ label }: { label: string }) {
  const [text, setText] = useState("");
  return (
    <>
      <input aria-label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <UnsavedGuard when={text !== ""} />
    </>
  );
}

function open() {
  const frame = (
    <>
      <Link to="/elsewhere">Elsewhere</Link>
      <LeaveQuestion />
      <Outlet />
    </>
  );
  const forms = (
    <>
      <Form label="first" />
      <Form label="second" />
    </>
  );
  const router = createMemoryRouter([
    {
      path: "/",
      element: frame,
      children: [
        { index: true, element: forms },
        { path: "elsewhere", element: "Here" },
      ],
    },
  ]);
  render(
    <MantineProvider env="test">
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  return router;
}

test("a click in the same moment as the first letter is asked, in whichever form it stands", async () => {
  const router = open();
  for (const label of ["first", "second"]) {
    await act(async () => {
      fireEvent.change(screen.getByLabelText(label), { target: { value: "x" } });
      fireEvent.click(screen.getByText("Elsewhere"));
    });
    expect(router.state.location.pathname).toBe("/");
    await act(async () => fireEvent.click(screen.getByTestId("stay")));
    await act(async () => fireEvent.change(screen.getByLabelText(label), { target: { value: "" } }));
  }
  await act(async () => fireEvent.click(screen.getByText("Elsewhere")));
  expect(router.state.location.pathname).toBe("/elsewhere");
});

test("who leaves all the same is not asked again", async () => {
  const router = open();
  await act(async () => fireEvent.change(screen.getByLabelText("first"), { target: { value: "x" } }));
  await act(async () => fireEvent.click(screen.getByText("Elsewhere")));
  await act(async () => fireEvent.click(screen.getByTestId("leave")));
  expect(router.state.location.pathname).toBe("/elsewhere");
  await act(async () => fireEvent.click(screen.getByText("Elsewhere")));
  expect(router.state.location.pathname).toBe("/elsewhere");
});
