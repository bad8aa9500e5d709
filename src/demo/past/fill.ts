import { setTimeout as pause } from "node:timers/promises";
import { and, eq, gt } from "drizzle-orm";
import { assignments } from "../../../db/schema/people.ts";
import { users } from "../../../db/schema/users.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { nameOf } from "../../casework/access/users.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { noteAbsence } from "./absence.ts";
import { planPast } from "./plan.ts";
import { writeRules } from "./rule-versions.ts";
import { groundsOf, type Stage, tellStory, toldBefore } from "./tell.ts";

/** The filling of a practice county with the last months, under way. */
export type Filling = {
  /** Resolves with how many stories were told now, when all are, or it was stopped. */
  readonly done: Promise<number>;
  close(): Promise<void>;
};

/** After each story it rests as long as that took, at most so long, for whoever uses the service meanwhile. */
const LONGEST_REST_MS = 300;
const SERVED_MS = 365 * 86_400_000;

/**
 * Fills a practice county with the cases of its last months, in the background and once: a story that was told is not told again,
 * and one that was broken off is told from its beginning, for none of it is there.
 */
export function fillPast(
  runtime: Runtime,
  account: ChannelAccount,
  options: {
    readonly chatOf: Stage["chatOf"];
    readonly onStory?: (told: number, all: number) => void;
    readonly rest?: boolean;
  },
): Filling {
  const stop = new AbortController();
  const { database } = runtime;
  const { jurisdictionId } = account;
  const work = async (): Promise<number> => {
    const caller = await officeOf(runtime, jurisdictionId);
    if (caller === null) return 0;
    const stories = planPast();
    const keys = stories.map(({ key }) => key);
    await serveSince(runtime, jurisdictionId);
    const { grounds, before } = await database.inCounty(jurisdictionId, async (tx) => ({
      grounds: await groundsOf(tx),
      before: await toldBefore(tx, keys),
    }));
    if (grounds.length === 0) return 0;
    await writeRules(runtime, jurisdictionId);
    await noteAbsence(runtime, caller);
    let told = 0;
    for (const story of stories) {
      if (stop.signal.aborted) break;
      if (before.has(story.key)) continue;
      const began = performance.now();
      await tellStory({ runtime, account, caller, grounds, chatOf: options.chatOf }, story);
      told += 1;
      options.onStory?.(before.size + told, stories.length);
      const restMs = Math.min(LONGEST_REST_MS, performance.now() - began);
      if (options.rest !== false) await pause(restMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    return told;
  };
  const done = work();
  return {
    done,
    async close() {
      stop.abort();
      await done.catch(() => undefined);
    },
  };
}

/** Lets whoever serves since the import have served for the whole time that is told of: an import only knows its own day. */
async function serveSince({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  const since = new Date(now().getTime() - SERVED_MS).toISOString().slice(0, 10);
  await database.inCounty(jurisdictionId, (tx) =>
    tx.update(assignments).set({ fromOn: since }).where(gt(assignments.fromOn, since)),
  );
}

/** Somebody of the county office, as whoever acts. */
async function officeOf({ database }: Runtime, jurisdictionId: string): Promise<Caller | null> {
  const [row] = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.jurisdictionId, jurisdictionId), eq(users.role, "office")))
      .limit(1),
  );
  if (row === undefined) return null;
  const { id, role, stations, deputyId } = row;
  return { kind: "person", id, role, stations, deputyId, jurisdictionId, name: nameOf(row), confirmedAt: null };
}
