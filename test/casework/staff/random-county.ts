import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Transaction } from "../../../db/database.ts";
import { cases, decisions } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { assignments, deputies, deputyRelations } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import type { Reader, Visible } from "../../../src/domain/access/may-see.ts";
import type { PassedOver } from "../../../src/domain/routing/route.ts";

export const TODAY = "2026-11-24";
const PEOPLE = 5;
const STATIONS = 3;

const person = fc.nat(PEOPLE - 1);
const station = fc.nat(STATIONS - 1);
const why = fc.constantFrom<PassedOver["why"]>("away", "returned", "accused", "heads-accused", "related");

/** A county by numbers: heads by station, posts, relations, cases with their decisions, bars, and somebody who looks. */
export const county = fc.record({
  heads: fc.array(fc.option(person), { minLength: STATIONS, maxLength: STATIONS }),
  posts: fc.array(fc.record({ who: person, where: station, byGrid: fc.boolean(), isOver: fc.boolean() }), {
    maxLength: 6,
  }),
  relations: fc.array(
    fc.tuple(person, person).filter(([a, b]) => a < b),
    { maxLength: 3 },
  ),
  cases: fc.array(
    fc.record({
      resident: fc.nat(2),
      day: fc.nat(5),
      sealed: fc.boolean(),
      isDataRequest: fc.boolean(),
      station: fc.option(station),
      /** The last one counts. */
      decisions: fc.array(fc.array(fc.tuple(person, why), { maxLength: 2 }), { maxLength: 2 }),
      barred: fc.array(fc.nat(3), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  readers: fc.array(
    fc.record({
      who: fc.nat(3),
      role: fc.constantFrom(
        "office" as const,
        "office" as const,
        "reviewer" as const,
        "station" as const,
        "auditor" as const,
        "operator" as const,
      ),
      stations: fc.array(station, { maxLength: 2 }),
      deputy: fc.option(person),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

type Plan = typeof county extends fc.Arbitrary<infer T> ? T : never;

/** What was written, in the terms of `maySee`. */
export type Written = { readonly readers: readonly Reader[]; readonly cases: ReadonlyMap<string, Visible> };

const ids = (length: number) => Array.from({ length }, () => randomUUID());

/** Writes a county and says of each case, from the plan alone, what decides who may see it. */
export async function write(tx: Transaction, jurisdictionId: string, plan: Plan): Promise<Written> {
  const [deputyIds, stationIds, gridIds, residentIds, readerIds] = [
    ids(PEOPLE),
    ids(STATIONS),
    ids(STATIONS),
    ids(3),
    ids(4),
  ];
  const code = (index: number) => `D${index}-${deputyIds[index]}`;
  const at = (list: readonly string[], index: number) => list[index]!;
  await tx
    .insert(deputies)
    .values(
      deputyIds.map((id, index) => ({ id, jurisdictionId, code: code(index), name: "代表", level: "county" as const })),
    );
  await tx.insert(stations).values(
    stationIds.map((id, index) => ({
      id,
      jurisdictionId,
      code: id,
      name: "站",
      township: "镇",
      headDeputyId: plan.heads[index] == null ? null : at(deputyIds, plan.heads[index]),
    })),
  );
  await tx.insert(grids).values(
    gridIds.map((id, index) => ({
      id,
      jurisdictionId,
      code: id,
      name: "格",
      township: "镇",
      stationId: at(stationIds, index),
    })),
  );
  for (const { who, where, byGrid, isOver } of plan.posts)
    await tx.insert(assignments).values({
      id: randomUUID(),
      jurisdictionId,
      deputyId: at(deputyIds, who),
      ...(byGrid ? { gridId: at(gridIds, where) } : { stationId: at(stationIds, where) }),
      role: "primary",
      fromOn: "2026-01-01",
      untilOn: isOver ? "2026-11-23" : null,
    });
  for (const [a, b] of plan.relations)
    await tx
      .insert(deputyRelations)
      .values({ id: randomUUID(), jurisdictionId, deputyId: at(deputyIds, a), relatedDeputyId: at(deputyIds, b) })
      .onConflictDoNothing();
  const accountId = randomUUID();
  await tx.insert(channelAccounts).values({
    ...{ id: accountId, jurisdictionId, channel: "test", name: accountId, settings: {} },
    secrets: new Uint8Array(),
    createdAt: new Date(0),
  });
  for (const id of residentIds)
    await tx
      .insert(conversations)
      .values({ id, jurisdictionId, accountId, peer: id, peerSealed: new Uint8Array(), createdAt: new Date(0) });
  const caseIds = ids(plan.cases.length);
  for (const [index, one] of plan.cases.entries()) await writeCase(index, one);
  return {
    readers: plan.readers.map(({ who, role, stations: some, deputy }) => ({
      id: at(readerIds, who),
      role,
      stations: some.map((index) => at(stationIds, index)),
      deputyId: deputy === null ? null : at(deputyIds, deputy),
    })),
    cases: new Map(plan.cases.map((one, index) => [at(caseIds, index), visible(one)])),
  };

  async function writeCase(index: number, one: Plan["cases"][number]) {
    const id = at(caseIds, index);
    const receivedAt = new Date(Date.UTC(2026, 10, 1 + one.day));
    await tx.insert(cases).values({
      ...{ id, jurisdictionId, number: id, conversationId: at(residentIds, one.resident), state: "triage" },
      ...{ sealed: one.sealed, category: one.isDataRequest ? "data-request" : null, summary: "" },
      stationId: one.station === null ? null : at(stationIds, one.station),
      ...{ receivedAt, lastSpokenAt: receivedAt, dueOn: TODAY, keyWrapped: new Uint8Array() },
    });
    for (const [later, passedOver] of one.decisions.entries())
      await tx.insert(decisions).values({
        ...{ id: randomUUID(), jurisdictionId, caseId: id, at: new Date(Date.UTC(2026, 10, 10 + later)) },
        decision: { passedOver: passedOver.map(([who, reason]) => ({ deputy: code(who), why: reason })) } as never,
      });
    for (const who of new Set(one.barred))
      await tx.insert(caseBars).values({
        jurisdictionId,
        caseId: id,
        personId: at(readerIds, who),
        by: "办公室",
        reason: "亲属",
        at: receivedAt,
      });
  }

  function visible(one: Plan["cases"][number]): Visible {
    const behind = plan.cases.filter(
      (other) => other.resident === one.resident && other.sealed && !other.isDataRequest && other.day >= one.day,
    );
    const named = [one, ...behind].flatMap((other) => other.decisions.at(-1) ?? []);
    const accused = named.flatMap(([who, reason]) => (reason === "accused" ? [who] : []));
    const heads = plan.posts
      .filter(({ who, isOver }) => accused.includes(who) && !isOver)
      .flatMap(({ where }) => plan.heads[where] ?? []);
    const related = plan.relations.flatMap(([a, b]) => [
      ...(accused.includes(a) ? [b] : []),
      ...(accused.includes(b) ? [a] : []),
    ]);
    const kept = named.flatMap(([who, reason]) => (reason === "away" || reason === "returned" ? [] : [who]));
    return {
      isSealed: one.sealed || behind.length > 0,
      stationId: one.station === null ? null : at(stationIds, one.station),
      accused: [...kept, ...heads, ...related].map((index) => at(deputyIds, index)),
      barred: one.barred.map((index) => at(readerIds, index)),
    };
  }
}
