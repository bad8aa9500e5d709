import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draft, editDraft, review, submit, takeBack, withdraw } from "../../../src/casework/rules/lifecycle.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { ruleset } from "../../domain/rules/rule-sets.ts";
import { slowClock } from "../../slow-clock.ts";

let db: TestDatabase;
let east: string;
const { now } = slowClock();

beforeAll(async () => {
  db = await testDatabase();
  east = await db.county("east");
});
afterAll(() => db.close());

describe("nobody reviews what they wrote", () => {
  it("whatever steps were taken before, and under whatever name", async () => {
    const people = [
      { name: "An", id: newId() },
      { name: "Bo", id: newId() },
      { name: "Cai", id: newId() },
    ];
    const step = fc.record({
      what: fc.constantFrom("edit", "withdraw", "take-back", "turn-down"),
      who: fc.nat({ max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 5 }),
        fc.nat({ max: 2 }),
        fc.nat({ max: 2 }),
        async (steps, first, last) => {
          await db.database.inCounty(east, async (tx) => {
            const writers = new Set([first]);
            const as = (who: number) => ({ author: people[who]!.name, authorId: people[who]!.id, now: now() });
            const made = await draft(tx, east, { content: ruleset(), ...as(first) });
            if (!made.ok) throw new Error(made.reason);
            let { number } = made;
            for (const { what, who } of steps) {
              if (what === "edit" && (await editDraft(tx, east, number, { content: ruleset("e"), ...as(who) })).ok)
                writers.add(who);
              if (what === "withdraw") {
                await submit(tx, east, number, { by: people[who]!.name, now: now() });
                const next = await withdraw(tx, east, number, as(who));
                expect(next.ok).toBe(writers.has(who));
                if (next.ok) number = next.number;
              }
              if (what === "take-back") {
                const back = await takeBack(tx, east, number, as(who));
                if (back.ok) throw new Error("taken back before it was published");
              }
            }
            await submit(tx, east, number, { by: "Zed", now: now() });
            const { name, id } = people[last]!;
            const renamed = await review(tx, east, number, {
              reviewer: `${name} 2`,
              reviewerId: id,
              verdict: "publish",
              now: now(),
            });
            expect(renamed.ok).toBe(!writers.has(last));
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("and the database refuses it, whoever asks", async () => {
    const number = await db.database.inCounty(east, async (tx) => {
      const made = await draft(tx, east, { content: ruleset(), author: "zhou", authorId: newId(), now: now() });
      if (!made.ok) throw new Error(made.reason);
      await submit(tx, east, made.number, { by: "zhou", now: now() });
      return made.number;
    });
    const [author] = await db.database.inCounty(east, (tx) =>
      tx.execute<{ id: string }>(sql`select author_id as id from rulesets where number = ${number}`),
    );
    for (const reviewer of [
      { id: author!.id, name: "somebody else" },
      { id: newId(), name: " ZHOU" },
    ]) {
      const tried = db.database.inCounty(east, (tx) =>
        tx.execute(sql`
          update rulesets set state = 'published', reviewer = ${reviewer.name}, reviewer_id = ${reviewer.id}::uuid,
            reviewed_at = now(), published_at = now() where number = ${number}`),
      );
      await expect(tried).rejects.toMatchObject({ code: "42501" });
    }
  });
});
