import { inArray } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { visibleTo } from "../../../src/casework/cases/visible-to.ts";
import { maySee } from "../../../src/domain/access/may-see.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { county, TODAY, write } from "./random-county.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});

afterAll(() => db.close());

/** Rolls back, so that no county is left for the next one. */
class Done extends Error {}

it("gives the same cases in a query as one by one, to whoever looks", async () => {
  const east = await db.county("east");
  let seen = 0;
  let hidden = 0;
  await fc.assert(
    fc.asyncProperty(county, async (plan) => {
      const done = db.database.inCounty(east, async (tx) => {
        const written = await write(tx, east, plan);
        const all = [...written.cases.keys()];
        for (const reader of written.readers) {
          const rows = await tx
            .select({ id: cases.id })
            .from(cases)
            .where(inArray(cases.id, all))
            .then((found) => found.map((row) => row.id));
          expect(rows).toHaveLength(all.length);
          const shown = await tx.select({ id: cases.id }).from(cases).where(visibleTo(reader, TODAY));
          const wanted = all.filter((id) => maySee(reader, written.cases.get(id)!));
          expect(shown.map((row) => row.id).toSorted()).toEqual(wanted.toSorted());
          seen += wanted.length;
          hidden += all.length - wanted.length;
        }
        throw new Done();
      });
      await expect(done).rejects.toBeInstanceOf(Done);
    }),
    { numRuns: 150 },
  );
  // The counties are such that both happens often, or the test would show nothing.
  expect(Math.min(seen, hidden)).toBeGreaterThan(200);
});

it("gives nobody anything of another county", async () => {
  const [east, west] = [await db.county("east"), await db.county("west")];
  const [plan] = fc.sample(county, { numRuns: 1, seed: 7 });
  const { readers } = await db.database.inCounty(east, (tx) => write(tx, east, plan!));
  for (const reader of readers) {
    const there = await db.database.inCounty(west, (tx) =>
      tx
        .select({ id: cases.id })
        .from(cases)
        .where(visibleTo({ ...reader, role: "office" }, TODAY)),
    );
    expect(there).toEqual([]);
  }
});
