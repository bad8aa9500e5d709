import { asc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { moveInTurn } from "../../../src/casework/office/move-case.ts";
import { openTurn } from "../../../src/casework/turn/open-turn.ts";
import { finishTurn } from "../../../src/casework/turn/turn.ts";
import { type Office, openOffice } from "../office.ts";

const HOUR = 3_600_000;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.bind("deputy-D001", "D001");
});
afterEach(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const all = () => rows((tx) => tx.select().from(cases).orderBy(asc(cases.number)));
const idOf = async (code: string) =>
  (await rows((tx) => tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code))))[0]!.id;

/** Everybody is away for a week, D001 for so many hours alone. */
async function everybodyAway(hours: number): Promise<void> {
  const now = office.runtime.now();
  const first = await idOf("D001");
  await rows(async (tx) => {
    for (const { id: deputyId } of await tx.select({ id: deputies.id }).from(deputies)) {
      const untilAt = new Date(now.getTime() + (deputyId === first ? hours : 7 * 24) * HOUR);
      await tx.insert(absences).values({
        id: newId(),
        jurisdictionId: office.county.id,
        deputyId,
        fromAt: now,
        untilAt,
        awaitsBeginning: false,
      });
    }
  });
}

describe("cases for which everybody was away", () => {
  it("wait with the office, and go to the first who is back, oldest first, each once", async () => {
    await everybodyAway(5);
    await office.say("resident", "柳东村三组路灯坏了六盏");
    await office.say("neighbour", "柳东村三组井盖没了");
    expect((await all()).map(({ state, deputyId }) => [state, deputyId])).toEqual([
      ["triage", null],
      ["triage", null],
    ]);
    await office.pass(4 * HOUR);
    expect((await all()).every(({ deputyId }) => deputyId === null)).toBe(true);
    await office.pass(2 * HOUR);
    await Promise.all([1, 2].map(() => tick(office.runtime, office.county.id)));
    await office.work();
    const back = await idOf("D001");
    expect((await all()).map(({ state, deputyId }) => [state, deputyId])).toEqual([
      ["assigned", back],
      ["assigned", back],
    ]);
    const told = office.sent.filter(({ to, text }) => to === "deputy-D001" && text.includes("新的一件"));
    const words = told.map(({ text }) => text).join("\n");
    expect(words.match(/「柳东村三组(路灯坏了六盏|井盖没了)」/g)).toEqual([
      "「柳东村三组路灯坏了六盏」",
      "「柳东村三组井盖没了」",
    ]);
    expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);
  });

  it("stay with the office where it has decided by hand, and where they are answered or closed", async () => {
    await everybodyAway(5);
    await office.say("resident", "柳东村三组路灯坏了六盏");
    const [first] = await all();
    await rows(async (tx) => {
      const turn = await openTurn(office.runtime, tx, first!.conversationId, "林晓");
      if (turn === null) throw new Error("no turn");
      const [subject] = await tx.select().from(cases);
      await moveInTurn(turn, subject!, { kind: "office" }, { by: "林晓", isSealed: false });
      await finishTurn(turn);
    });
    await office.pass(6 * HOUR);
    expect((await all())[0]).toMatchObject({ state: "triage", deputyId: null });
  });
});
