import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { topics } from "../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES } from "../../domain/acts/topic.ts";

/** Whether the county of a transaction has the grid, the station or the deputy of a scene, or a topic that somebody can join. */
export async function isKnownScene(tx: Transaction, jurisdictionId: string, scene: string): Promise<boolean> {
  const [, letter, code] = /^([gsdt]):(.{1,62})$/.exec(scene) ?? [];
  if (letter === undefined || code === undefined) return false;
  if (letter === "t") {
    const its = and(eq(topics.number, code), inArray(topics.state, [...LIVE_TOPIC_STATES]));
    return (await tx.select({ id: topics.id }).from(topics).where(its)).length > 0;
  }
  const table = letter === "g" ? grids : letter === "s" ? stations : deputies;
  const its = and(eq(table.jurisdictionId, jurisdictionId), eq(table.code, code));
  return (await tx.select({ code: table.code }).from(table).where(its)).length > 0;
}
