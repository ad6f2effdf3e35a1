import { Navigate } from "react-router";
import { useSession } from "@/session/company";
import { permitted } from "./navigation";
import { Refused } from "./Permitted";

/** The first screen one may use. */
export function Home() {
  const first = permitted(useSession().permissions)[0]?.entries[0];
  return first ? <Navigate to={first.to} replace /> : <Refused />;
}
