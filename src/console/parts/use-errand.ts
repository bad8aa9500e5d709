import { useQuery } from "@tanstack/react-query";
import type { Answered } from "../client/call.ts";
import { useSession } from "../client/session.ts";

/** A piece of long work, as it stands. */
export type Errand = Answered<"GET /errands/{id}">;

const LOOK_MS = 1000;

/** Follows a piece of long work until it has ended. @param id null while none was asked for */
export function useErrand(id: string | null): Errand | undefined {
  const { call } = useSession();
  const { data } = useQuery({
    queryKey: ["errand", id],
    queryFn: async ({ signal }) => (await call("GET /errands/{id}", { params: { id: id ?? "" }, signal })).body,
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === "waiting" || state.data.state === "running" ? LOOK_MS : false,
  });
  return id === null ? undefined : data;
}
