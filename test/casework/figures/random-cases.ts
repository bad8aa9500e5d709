import { randomUUID } from "node:crypto";
import type { Transaction } from "../../../db/database.ts";
import { caseEvents, cases, decisions } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { isWorkday } from "../../../src/domain/calendar/calendar-year.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { CASE_OUTCOMES, type CaseOutcome } from "../../../src/domain/case/case.ts";
import type { CaseFacts, Reach } from "../../../src/domain/figures/facts.ts";
import { WAYS } from "../../../src/domain/routing/route.ts";
import { linkTopics, type Member, writeTopics } from "./random-topics.ts";

/** A case that was written at random, with its facts as a plain recount finds them. */
export type Recounted = {
  readonly number: string;
  readonly receivedOn: string;
  readonly station: string | null;
  readonly grid: string | null;
  readonly sealed: boolean;
  readonly facts: CaseFacts;
};

type Event = { type: string; at: Date; by: string; details: Record<string, unknown> };

const HOUR = 3_600_000;
const TODAY = "2026-11-24";
const day = (at: Date) => new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 10);
const workdays = (from: string, to: string) => {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkday(at, {})) count += 1;
  return count;
};

/** Writes cases of two years with all that happens to them. @param seed the same again gives the same cases */
export async function writeRandomCases(
  tx: Transaction,
  jurisdictionId: string,
  count: number,
  seed: number,
): Promise<Recounted[]> {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const chance = (share: number) => random() < share;
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
  const accountId = randomUUID();
  await tx.insert(channelAccounts).values({
    ...{ id: accountId, jurisdictionId, channel: "wechat-official", name: "oa", createdAt: new Date() },
    ...{ settings: {}, secrets: Buffer.alloc(0) as never },
  });
  const place = ["S1", "S2"].map((code) => ({ id: randomUUID(), code }));
  await tx
    .insert(stations)
    .values(place.map(({ id, code }) => ({ id, jurisdictionId, code, name: `=站${code}`, township: "镇" })));
  const grid = ["G1", "G2", "G3"].map((code, at) => ({ id: randomUUID(), code, stationId: place[at % 2]!.id }));
  await tx.insert(grids).values(
    grid.map((one) => ({
      ...one,
      jurisdictionId,
      name: `网格${one.code}`,
      township: one.code === "G1" ? "东镇" : "西镇",
    })),
  );
  const deputyId = randomUUID();
  await tx.insert(deputies).values({ id: deputyId, jurisdictionId, code: "D1", name: "王建国", level: "county" });
  const made: Recounted[] = [];
  let lastPerson: string | null = null;
  const topic = await writeTopics(tx, jurisdictionId);
  const members: Member[] = [];
  for (let at = 0; at < count; at += 1) {
    const sealed = chance(0.05);
    // A second case of somebody who has one: never of somebody with a sealed one, behind which others are kept.
    const again: boolean = !sealed && lastPerson !== null && chance(0.15);
    const id = randomUUID();
    const conversationId: string = again ? (lastPerson ?? "") : randomUUID();
    if (!sealed) lastPerson = conversationId;
    const receivedAt = new Date(Date.parse("2025-09-25T00:00:00Z") + Math.floor(random() * 420 * 24) * HOUR);
    let now = receivedAt;
    const later = () => {
      // Nothing has happened after today.
      now = new Date(Math.min(now.getTime() + pick([0, 1, 20, 30, 70, 200]) * HOUR, Date.parse(`${TODAY}T02:00:00Z`)));
      return now;
    };
    const events: Event[] = [];
    const add = (type: string, by: string, details: Record<string, unknown> = {}) => {
      events.push({ type, at: now, by, details });
    };
    let answer: Reach | null = null;
    const answers: (typeof outbox.$inferInsert)[] = [];
    const tell = (kind: "reply" | "closure") => {
      const end = pick<Reach>(["hour", "two-days", "later", "not-yet"]);
      answer ??= end;
      const ended = { hour: 0.5, "two-days": 20, later: 60, "not-yet": 0 }[end];
      const settledAt = new Date(now.getTime() + ended * HOUR);
      const base = {
        jurisdictionId,
        conversationId,
        caseId: id,
        kind,
        isAnswer: true,
        content: Buffer.alloc(0) as never,
      };
      const first = { ...base, id: randomUUID(), notBefore: now, createdAt: now };
      const isRepeated = end !== "not-yet" && chance(0.3);
      if (end === "not-yet") answers.push({ ...first, state: pick(["waiting", "failed", "uncertain"]) });
      else answers.push({ ...first, state: isRepeated ? "uncertain" : "delivered", settledAt });
      if (isRepeated)
        answers.push({
          ...base,
          id: randomUUID(),
          notBefore: now,
          createdAt: now,
          state: "delivered",
          settledAt,
          repeats: first.id,
        });
    };
    add("opened", "resident");
    let handedAt: Date | null = null;
    if (chance(0.9)) {
      if (chance(0.3)) later();
      handedAt = now;
      add(pick(["assigned", "left_to_office"]), "service");
    }
    let isCorrected = false;
    if (handedAt !== null && chance(0.15)) {
      later();
      isCorrected = true;
      add(pick(["returned", "placed_by_hand"]), "deputy:D1");
      add("assigned", "service");
    }
    const isInTopic = chance(0.3);
    const its = pick(topic);
    if (isInTopic || chance(0.2)) {
      later();
      add("joined", "service", { topic: its.number });
      if (!isInTopic) add("left", "office:林晓", { topic: its.number });
      else members.push({ topic: its, id, at: now, conversationId, made: made.length });
    }
    let wordAt: Date | null = null;
    if (chance(0.4)) {
      later();
      const [result, to] = [pick(["reached", "not-reached", "wrong-number"]), pick(["resident", "joined", undefined])];
      add("phoned", "office:林晓", { result, ...(to === undefined ? {} : { to }) });
      if (result === "reached" && to === "resident") wordAt = now;
    }
    if (chance(0.6)) {
      later();
      add("replied", pick(["deputy:D1", "office:林晓"]));
      wordAt ??= now;
      tell("reply");
    }
    const row = {
      closedAt: null as Date | null,
      outcome: null as CaseOutcome | null,
      rating: null as number | null,
      reopenings: 0,
    };
    const openAgain = (why = {}) => {
      row.reopenings += 1;
      add("reopened", "resident", { reopenings: row.reopenings, ...why });
      Object.assign(row, { closedAt: null, outcome: null, rating: null });
    };
    const claims = { done: false, unit: false, deputy: false, own: false, agree: false, disagree: false };
    let atOnce: CaseFacts["atOnce"] = null;
    let verdict: CaseFacts["verdict"] = null;
    let [closedBy, residentsWord] = ["", false];
    for (let round = 0; round < 2 && chance(0.7); round += 1) {
      later();
      const outcome = chance(0.6) ? "solved" : pick(CASE_OUTCOMES);
      closedBy = outcome === "withdrawn" ? "resident" : pick(["deputy:D1", "office:林晓", "service"]);
      const claim =
        closedBy.startsWith("office") && outcome === "solved"
          ? pick(["unit", "deputy", "resident", undefined])
          : undefined;
      const isAtOnce = closedBy === "service" && outcome !== "solved" && chance(0.5);
      const how = isAtOnce ? { how: pick(["answers:A01", "calendar:ST01"]) } : {};
      add("closed", closedBy, { outcome, ...(claim === undefined ? {} : { claim }), ...how });
      if (isAtOnce) atOnce = "stood";
      row.closedAt = now;
      row.outcome = outcome;
      residentsWord = claim === "resident";
      if (closedBy !== "resident" && closedBy !== "service") {
        wordAt ??= now;
        tell("closure");
      }
      if (outcome === "solved") {
        claims.done = true;
        if (claim === "unit") claims.unit = true;
        if (claim === "deputy") claims.deputy = true;
        if (closedBy === "deputy:D1") claims.own = true;
        if (claim === "resident") claims.agree = true;
      }
      if (chance(0.4)) {
        later();
        const isGood = chance(0.5);
        row.rating = isGood ? 5 : 1;
        verdict = isGood ? "satisfied" : "unsatisfied";
        add("rated", "resident", { rating: row.rating });
        if (claims.done && isGood) claims.agree = true;
        if (claims.done && !isGood) claims.disagree = true;
        if (!isGood) {
          if (atOnce !== null) atOnce = "refused";
          openAgain();
          continue;
        }
      }
      // Whoever puts right what they said denies nothing.
      if (chance(0.2)) {
        later();
        openAgain({ why: "corrected" });
        continue;
      }
      break;
    }
    const way = chance(0.9) ? pick(WAYS.filter((one) => one !== "sealed")) : null;
    const isMoved = chance(0.1);
    const where = chance(0.8) ? pick(grid) : null;
    const number = `2025-9${String(at + 1).padStart(5, "0")}`;
    const person = {
      ...{ id: conversationId, jurisdictionId, accountId, peer: id },
      ...{ peerSealed: Buffer.alloc(0) as never, createdAt: receivedAt },
    };
    if (!again) await tx.insert(conversations).values(person);
    await tx.insert(cases).values({
      ...{
        id,
        jurisdictionId,
        number,
        conversationId,
        state: row.closedAt === null ? "assigned" : "closed",
        summary: "试",
        sealed,
      },
      ...{ ...row, receivedAt, dueOn: "2026-12-01", lastSpokenAt: now, keyWrapped: Buffer.alloc(0) as never },
      ...{ gridId: where?.id ?? null, stationId: where?.stationId ?? null, movedAt: isMoved ? now : null },
    });
    await tx.insert(caseEvents).values(events.map((event) => ({ ...event, jurisdictionId, caseId: id })));
    if (answers.length > 0) for (const one of answers) await tx.insert(outbox).values(one);
    if (way !== null)
      await tx.insert(decisions).values({
        ...{ id: randomUUID(), jurisdictionId, caseId: id, at: now },
        decision: (chance(0.3) ? { ruleset: "default", rule: way } : { ruleset: "R", rule: "x", way }) as never,
      });
    const sinceHanded = (to: Date) =>
      workdays(day(handedAt !== null && handedAt <= to ? handedAt : receivedAt), day(to));
    const isSilent =
      row.outcome === "solved" && row.rating === null && !residentsWord && addDays(day(row.closedAt!), 14) < TODAY;
    made.push({
      ...{ number, sealed, receivedOn: day(receivedAt), grid: where?.code ?? null },
      station: place.find((one) => one.id === where?.stationId)?.code ?? null,
      facts: {
        ...{
          isOpen: row.closedAt === null,
          outcome: row.outcome,
          isReopened: row.reopenings > 0,
          verdict,
          way,
          atOnce,
        },
        wasClosed: events.some(({ type }) => type === "closed"),
        firstWordDays: wordAt === null ? null : sinceHanded(wordAt),
        solutionDays: row.outcome === "solved" ? sinceHanded(row.closedAt!) : null,
        waitedDays: handedAt !== null && handedAt > receivedAt ? workdays(day(receivedAt), day(handedAt)) : null,
        isSaidDone: claims.done,
        saidBy: [
          ...(claims.unit ? ["unit" as const] : []),
          ...(claims.deputy ? ["deputy" as const] : []),
          ...(claims.own ? ["deputy-closed" as const] : []),
        ],
        claims: [
          ...(claims.agree ? ["agree" as const] : []),
          ...(claims.disagree ? ["disagree" as const] : []),
          ...(isSilent ? ["silent" as const] : []),
        ],
        refusedBy:
          row.outcome !== "not_in_scope"
            ? null
            : closedBy === "service"
              ? "service"
              : closedBy === "resident"
                ? null
                : closedBy.startsWith("deputy")
                  ? "deputy"
                  : "office",
        isCorrected: isCorrected || isMoved,
        isInTopic,
        ...{ isFirstOfTopic: false, isFirstOfPerson: false, topicAnswerDays: null },
        reached: answer,
      },
    });
  }
  await linkTopics(tx, jurisdictionId, members, made, workdays);
  return made;
}
