import { and, eq, sql } from "drizzle-orm";
import { type CaseRecord, caseEvents } from "../../../db/schema/cases.ts";
import { stations } from "../../../db/schema/places.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfStation } from "../bindings/roles.ts";
import { deputyLines, holderOf } from "../cases/describe.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/** From so many denials of a closed case on its station hears of them. */
const STATION_HEARS_FROM = 2;

const isDenial = and(
  eq(caseEvents.type, "reopened"),
  eq(caseEvents.by, "resident"),
  sql`${caseEvents.details} ->> 'why' is null`,
);

/** Tells the station of a case that its resident says for the second time, or more, that it is not done after it was closed. */
export async function tellStationOfDenial(turn: Turn, subject: CaseRecord): Promise<void> {
  if (subject.sealed || subject.stationId === null || subject.reopenings < STATION_HEARS_FROM) return;
  const [denials] = await turn.tx
    .select({ times: sql<number>`count(*)::int` })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, subject.id), isDenial));
  const times = denials?.times ?? 0;
  if (times < STATION_HEARS_FROM) return;
  const [station] = await turn.tx
    .select({ code: stations.code })
    .from(stations)
    .where(eq(stations.id, subject.stationId));
  const [line] = await deputyLines(turn, [subject]);
  if (station === undefined || line === undefined) return;
  const deputy = (await holderOf(turn, subject))?.deputy ?? null;
  for (const { id, locale } of await chatsOfStation(turn, station.code)) {
    const words = boundWordingOf(locale).deniedAgain({ ...line, number: subject.number, deputy, times });
    tellConversation(turn, id, { kind: "handover", subject, words, isAnswer: true });
  }
}
