import { useState } from "react";

const place = "millrace.density";

export const densities = ["dense", "roomy"] as const;

export type Density = (typeof densities)[number];

const remembered = (): Density => (localStorage.getItem(place) === "roomy" ? "roomy" : "dense");

/** How high rows are, as this browser was told last; the styles read it from the root. */
export const showDensity = () => {
  document.documentElement.dataset.density = remembered();
};

export function useDensity(): [Density, (chosen: Density) => void] {
  const [density, setDensity] = useState(remembered);
  const choose = (chosen: Density) => {
    localStorage.setItem(place, chosen);
    showDensity();
    setDensity(chosen);
  };
  return [density, choose];
}
