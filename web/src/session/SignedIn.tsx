import { Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation } from "react-router";
import { sessionQuery } from "@/api/session";
import { Frame } from "@/frame/Frame";
import { LiveProvider } from "@/live/LiveProvider";
import { ProblemNote } from "@/parts/Notes";
import { PlaceProvider } from "./company";

/** Everything behind the sign-in. */
export function SignedIn() {
  const { data: session, error, refetch, isFetching } = useQuery(sessionQuery);
  const { pathname, search } = useLocation();
  if (session)
    return (
      <PlaceProvider key={session.tenant.id} session={session}>
        <LiveProvider>
          <Frame />
        </LiveProvider>
      </PlaceProvider>
    );
  if (session === null) {
    const target = pathname + search;
    return (
      <Navigate to={target === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(target)}`} replace />
    );
  }
  return (
    <Center h="100vh" p="lg">
      {error ? <ProblemNote error={error} onRetry={refetch} retrying={isFetching} /> : <Loader />}
    </Center>
  );
}
