import { expect, it } from "vitest";
import { nameOf } from "./names";

it("A field's name is made of the plain letters of its title", () => {
  expect(nameOf("Colour of the casing")).toBe("colour_of_the_casing");
  expect(nameOf(" 2nd İşletme ağırlığı (kg) ")).toBe("nd_isletme_agirligi_kg");
  expect(nameOf("???")).toBe("");
});
