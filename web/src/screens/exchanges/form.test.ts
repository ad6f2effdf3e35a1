import { expect, it } from "vitest";
import { bodyOf, valuesOf, withoutCompany } from "./form";

it("Only the place that is meant is sent, and a password only when one was typed", () => {
  const values = {
    ...valuesOf(null, "Europe/Istanbul"),
    name: " Stock cards ",
    fileName: "items-*.csv",
    host: "left",
  };
  const body = bodyOf(values, "c");
  expect(body.name).toBe("Stock cards");
  expect(body.how?.files?.name).toBe("items-*.csv");
  expect(body.how?.database).toBeNull();
  expect(body.password).toBeNull();
  expect(bodyOf({ ...values, way: "database", password: "p" }, "c").password).toBe("p");
});

it("The company of a list is named where it leaves the app and hidden again", () => {
  const sent = bodyOf(
    { ...valuesOf(null, "UTC"), direction: "out", query: "filter=kind:is:raw&companyId=old" },
    "new",
  );
  expect(sent.how?.query).toBe("filter=kind%3Ais%3Araw&companyId=new");
  expect(withoutCompany(sent.how?.query ?? "")).toBe("filter=kind%3Ais%3Araw");
});
