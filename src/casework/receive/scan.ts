import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { topics } from "../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES } from "../../domain/acts/topic.ts";
import { topicWordingOf } from "../../domain/wording/topics.ts";
import { askWhere } from "../actions/ask-where.ts";
import { placeCase } from "../actions/place-case.ts";
import { mayJoin } from "../beside/may-join.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { bindChat } from "../deputy/bind.ts";
import { tell } from "../outbox/tell.ts";
import { joinChat } from "../persons/link-chat.ts";
import { type AskedWhere, askedCase } from "../resident/answer-where.ts";
import { findPlace } from "../routing/find-place.ts";
import { onlyGridOf, whereaboutsOf } from "../routing/whereabouts.ts";
import { receiveOwnCode } from "../stations/scan-own-case.ts";
import { casesIn } from "../topics/members.ts";
import { findTopics, isNumbered } from "../topics/topic-lines.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

const KINDS = { g: "grid", s: "station", d: "deputy" } as const;

/**
 * Receives a scanned code (`g:`, `s:`, `d:`, `i:`, `t:`, `k:`, `l:`), which presets the place of what is said next; an unknown one is
 * only greeted, and that of a grid that has ended stands for its station.
 */
export async function receiveScan(turn: Turn, scene: string | null): Promise<Outcome> {
  const [, letter, code] = /^([gsditkl]):(.+)$/.exec(scene?.trim() ?? "") ?? [];
  if (letter === "i" && code !== undefined) return bindChat(turn, code);
  if (letter === "l" && code !== undefined) return joinChat(turn, code);
  if (letter === "k" && code !== undefined) return receiveOwnCode(turn, code);
  if (letter === "t" && code !== undefined) return receiveTopicCode(turn, code);
  const ended = letter === "g" && code !== undefined ? await endedGrid(turn, code) : null;
  if (ended !== null) return receiveEnded(turn, ended);
  const kind = letter === "g" || letter === "s" || letter === "d" ? KINDS[letter] : null;
  const place = kind === null || code === undefined ? null : await nameOf(turn, kind, code);
  if (kind !== null && code !== undefined && place !== null) {
    const asked = await askedCase(turn);
    turn.conversation.dialog = {
      ...turn.conversation.dialog,
      scene: { kind, code, at: turn.now.toISOString() },
    };
    turn.conversation.homeGrid ??= kind === "grid" ? code : kind === "deputy" ? await onlyGridOf(turn, code) : null;
    if (asked !== null && (await answerByScene(turn, asked))) return { kind: "event" };
  }
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).welcome({ place }) });
  return { kind: "event" };
}

/** The code of a topic tells whoever has the same trouble how to join it; nothing is opened by a scan alone. */
async function receiveTopicCode(turn: Turn, code: string): Promise<Outcome> {
  const { locale } = turn.conversation;
  const which = and(isNumbered(code), inArray(topics.state, [...LIVE_TOPIC_STATES]));
  const [topic] = await findTopics(turn.tx, which, 1);
  // A case that can be joined has to be there: one that is closed or sealed meanwhile says nothing, as if there were no such code.
  const [joinable] = topic === undefined ? [] : await casesIn(turn.tx, topic.id, mayJoin);
  const words =
    topic === undefined || joinable === undefined
      ? wordingFor(turn).welcome({ place: null })
      : topicWordingOf(locale).scanned({ number: topic.number });
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "event" };
}

type EndedGrid = {
  readonly name: string;
  readonly untilOn: string;
  readonly station: { readonly code: string; readonly name: string } | null;
};

/** A grid that has ended, with the station to which it belonged; null for every other. */
async function endedGrid({ tx, jurisdictionId, today }: Turn, code: string): Promise<EndedGrid | null> {
  const [row] = await tx
    .select({
      ...{ township: grids.township, name: grids.name, untilOn: sql<string>`${grids.untilOn}::text` },
      ...{ station: stations.code, stationName: stations.name },
    })
    .from(grids)
    .leftJoin(stations, eq(stations.id, grids.stationId))
    .where(and(eq(grids.jurisdictionId, jurisdictionId), eq(grids.code, code), lt(grids.untilOn, today)));
  if (row === undefined) return null;
  const { township, name, untilOn, station, stationName } = row;
  const its = station === null || stationName === null ? null : { code: station, name: stationName };
  return { name: `${township}${name}`, untilOn, station: its };
}

/** The code of a grid that has ended stands for its station, and says so; where it has none, it is asked where something is. */
async function receiveEnded(turn: Turn, { name, untilOn, station }: EndedGrid): Promise<Outcome> {
  const asked = station === null ? null : await askedCase(turn);
  if (station !== null)
    turn.conversation.dialog = {
      ...turn.conversation.dialog,
      scene: { kind: "station", code: station.code, at: turn.now.toISOString() },
    };
  const words = wordingFor(turn).endedPlace({ place: name, untilOn, station: station?.name ?? null });
  tell(turn, { kind: "courtesy", subject: null, words });
  if (asked !== null) await answerByScene(turn, asked);
  return { kind: "event" };
}

/** The code says where the case is that had been asked about; where its words name another place, which of both. */
async function answerByScene(turn: Turn, { subject }: AskedWhere): Promise<boolean> {
  const finding = await findPlace(turn, { texts: [residentsWords(await threadOf(turn, subject))] });
  const where = await whereaboutsOf(turn, finding);
  const { scene: _scene, ...rest } = turn.conversation.dialog;
  turn.conversation.dialog = rest;
  if (where === null) askWhere(turn, subject, finding, { turn: 2 });
  else await placeCase(turn, subject, where);
  return true;
}

async function nameOf(turn: Turn, kind: "grid" | "station" | "deputy", code: string): Promise<string | null> {
  const { tx, jurisdictionId } = turn;
  switch (kind) {
    case "grid": {
      const [row] = await tx
        .select({ township: grids.township, name: grids.name })
        .from(grids)
        .where(and(eq(grids.jurisdictionId, jurisdictionId), eq(grids.code, code)));
      return row === undefined ? null : `${row.township}${row.name}`;
    }
    case "station": {
      const [row] = await tx
        .select({ name: stations.name })
        .from(stations)
        .where(and(eq(stations.jurisdictionId, jurisdictionId), eq(stations.code, code)));
      return row?.name ?? null;
    }
    case "deputy": {
      const [row] = await tx
        .select({ name: deputies.name })
        .from(deputies)
        .where(and(eq(deputies.jurisdictionId, jurisdictionId), eq(deputies.code, code)));
      return row?.name ?? null;
    }
  }
}
