import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { grids } from "../../../db/schema/places.ts";
import { topics } from "../../../db/schema/topics.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { LIVE_TOPIC_STATES, SAID_FROM } from "../../domain/acts/topic.ts";
import { mayJoin } from "../beside/may-join.ts";
import { casesIn } from "../topics/members.ts";
import { titlesOf } from "../topics/topic-lines.ts";
import { ofReader } from "./listed.ts";
import { TOPIC_SCENE } from "./poster-pages.ts";
import type { PosterRow } from "./poster-rows.ts";

/**
 * The rows of the posters of topics, by which whoever has the same trouble joins them: of live ones whose cases the reader may see, and that so many
 * people told that none of them is known by it. What is closed, sealed or of few has none.
 */
export async function topicPosterRows(
  tx: Transaction,
  reader: Reader,
  scenes: readonly string[],
): Promise<readonly PosterRow[]> {
  const numbers = scenes.flatMap((scene) => (scene.startsWith(TOPIC_SCENE) ? scene.slice(TOPIC_SCENE.length) : []));
  if (numbers.length === 0) return [];
  const found = await tx
    .select({ topic: topics, township: grids.township })
    .from(topics)
    .leftJoin(grids, eq(grids.id, topics.gridId))
    .where(and(inArray(topics.number, numbers), inArray(topics.state, [...LIVE_TOPIC_STATES])))
    .orderBy(topics.number);
  const titles = await titlesOf(
    tx,
    found.map(({ topic }) => topic),
    "zh-CN",
  );
  const rows: PosterRow[] = [];
  for (const { topic, township } of found) {
    const members = await casesIn(tx, topic.id, sql`${mayJoin} and ${ofReader(reader, sql`${cases.stationId}`)}`);
    if (new Set(members.map(({ conversationId }) => conversationId)).size < SAID_FROM) continue;
    const name = titles.get(topic.id) ?? "";
    rows.push({
      ...{ scene: `${TOPIC_SCENE}${topic.number}`, name, township: township ?? "" },
      ...{ station: null, address: null, phone: null },
    });
  }
  return rows;
}
