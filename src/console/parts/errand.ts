import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../client/asking.ts";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

/** A piece of long work, as the API shows it. */
export type Errand = Answered<"GET /errands/{id}">;

const LOOK_MS = 1000;

/** Follows an errand until it has ended; undefined while there is none, or nothing is known of it yet. */
export function useErrand(id: string | null): Errand | undefined {
  const { call } = useSession();
  const { data } = useQuery({
    queryKey: ["errand", id],
    queryFn: async ({ signal }) => (await call("GET /errands/{id}", { params: { id: id ?? "" }, signal })).body,
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data === undefined || isGoing(data) ? LOOK_MS : false),
    retry: mayAskAgain,
  });
  return id === null ? undefined : data;
}

/** Whether long work has not ended yet. */
export function isGoing({ state }: Errand): boolean {
  return state === "waiting" || state === "running";
}
