import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

/** A piece of long work as it stands. */
export type Errand = Answered<"GET /errands/{id}">;

/** Follows long work until it has ended. @param id null while nothing was asked for */
export function useErrand(id: string | null): Errand | undefined {
  const { call } = useSession();
  const asked = useQuery({
    queryKey: ["errand", id],
    queryFn: async ({ signal }) => (await call("GET /errands/{id}", { params: { id: id ?? "" }, signal })).body,
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data === undefined || isGoing(data) ? 1_000 : false),
    retry: mayAskAgain,
  });
  return asked.data;
}

/** Whether long work has not ended yet. */
export function isGoing({ state }: Errand): boolean {
  return state === "waiting" || state === "running";
}
