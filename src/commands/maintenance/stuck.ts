import { userInfo } from "node:os";
import { findStuck, intervene } from "../../casework/backlog/stuck.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

/** What waits longer than this is stuck: everything that can go by itself has gone. */
const WAITING_MS = 60_000;
/** How far back what failed is still shown. */
const SETTLED_MS = 30 * 24 * 3_600_000;

/** Runs `liaison stuck`: lists stuck messages and deliveries, without any person's words or name. */
export async function runStuck(
  { out }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  jurisdictionId: string,
  options: { readonly json: boolean },
): Promise<ExitStatus> {
  const ago = (ms: number) => new Date(now().getTime() - ms);
  const stuck = await findStuck(database, jurisdictionId, {
    waitingSince: ago(WAITING_MS),
    settledSince: ago(SETTLED_MS),
  });
  if (options.json) out(JSON.stringify(stuck, null, 2));
  else {
    for (const { what, id, state, danger, since, tries, reason } of stuck) {
      const told = [what, id, state, ...(danger ? ["danger"] : []), since.toISOString(), `tries ${tries}`];
      out([...told, reason ?? "-"].join("  "));
    }
  }
  return 0;
}

/**
 * Runs `liaison stuck retry ID` and `liaison stuck put-aside ID`: a person's decision about one of them.
 * @param options.by whoever is logged in at the system when left out
 */
export async function runIntervention(
  { out, err }: Output,
  { database, now }: Pick<Installation, "database" | "now">,
  jurisdictionId: string,
  options: {
    readonly id: string;
    readonly action: "retry" | "put-aside";
    readonly reason?: string;
    readonly by?: string;
  },
): Promise<ExitStatus> {
  const { id, action, reason = null, by = systemUser() } = options;
  const done = await intervene(database, jurisdictionId, id, { action, reason, by, at: now() });
  if (!done.ok) {
    err(done.reason);
    return 1;
  }
  out(id);
  return 0;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that has no name.
    if (error instanceof Error && "code" in error) return `uid ${process.getuid?.() ?? "unknown"}`;
    throw error;
  }
}
