import { useQuery } from "@tanstack/react-query";
import { mayAskAgain } from "../../client/asking.ts";
import type { Answered } from "../../client/call.ts";
import { useSession } from "../../client/session.ts";

/** A version of the rules whole, as the API shows it. */
export type Version = Answered<"GET /rulesets/{number}">;
/** A version of the rules in a list. */
export type VersionRow = Answered<"GET /rulesets">[number];

/** Asks for a version by its number, with what happened to it. @param number empty for none: then nothing is asked */
export function useVersion(number: string) {
  const { call } = useSession();
  return useQuery({
    queryKey: ["ruleset", number],
    queryFn: async ({ signal }) => (await call("GET /rulesets/{number}", { params: { number }, signal })).body,
    enabled: number !== "",
    retry: mayAskAgain,
  });
}

/** Asks for all versions, newest first. */
export function useVersions() {
  const { call } = useSession();
  return useQuery({
    queryKey: ["rulesets"],
    queryFn: async ({ signal }) => (await call("GET /rulesets", { signal })).body,
    retry: mayAskAgain,
  });
}

/** Whether the content of a version was changed behind so many of its events. */
export function isEditedSince({ events }: Pick<Version, "events">, count: number): boolean {
  return events.slice(count).some(({ type }) => type === "edited");
}
