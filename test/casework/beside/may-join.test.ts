import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { mayHear, mayJoin } from "../../../src/casework/beside/may-join.ts";
import { GOING, mayGoOut } from "../../../src/domain/case/outlet.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
let number: string;
beforeAll(async () => {
  office = await openOffice();
  await office.say("resident", "柳东村一组路灯坏了六盏");
  [number = ""] = await inCounty(async (tx) =>
    (await tx.select({ number: cases.number }).from(cases)).map((row) => row.number),
  );
});
afterAll(() => office.close());

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);

/** Every combination of these properties, each true or false. */
function combinationsOf<T extends string>(names: readonly T[]): Record<T, boolean>[] {
  return names.reduce<Record<T, boolean>[]>(
    (all, name) => all.flatMap((one) => [false, true].map((value) => ({ ...one, [name]: value }))),
    [{} as Record<T, boolean>],
  );
}

describe("the people who hear what becomes of a topic", () => {
  it("are those of the one table of ways out, in a query as in the domain, whatever a case is", async () => {
    const found = await inCounty(async (tx) => {
      const answers: { is: string; inQuery: unknown; inDomain: boolean }[] = [];
      for (const is of combinationsOf(GOING)) {
        await tx.update(cases).set(is).where(eq(cases.number, number));
        const [row] = await tx.execute<{ hears: boolean; joins: boolean }>(
          sql`select ${mayHear()} as hears, ${mayJoin} as joins from ${cases} where ${cases.number} = ${number}`,
        );
        answers.push({ is: JSON.stringify(is), inQuery: row, inDomain: mayGoOut(is, "audience") });
      }
      await tx.update(cases).set({ sealed: false, minor: false, petition: false, unnamed: false });
      return answers;
    });
    expect(found).toHaveLength(2 ** GOING.length);
    for (const { is, inQuery, inDomain } of found)
      expect({ is, ...(inQuery as object) }).toEqual({ is, hears: inDomain, joins: inDomain });
  });

  it.each([
    ["in danger", { priority: true }],
    ["withdrawn", { outcome: "withdrawn" }],
    ["of a rehearsal", { number: "P-2026-000001" }],
  ] as const)("are never those of a case that is %s", async (_, is) => {
    const hears = await inCounty(async (tx) => {
      const [{ id } = { id: "" }] = await tx.select({ id: cases.id }).from(cases);
      await tx.update(cases).set(is).where(eq(cases.id, id));
      const [row] = await tx.execute<{ hears: boolean }>(
        sql`select ${mayHear()} as hears from ${cases} where ${cases.id} = ${id}`,
      );
      await tx.update(cases).set({ priority: false, outcome: null, number }).where(eq(cases.id, id));
      return row?.hears;
    });
    expect(hears).toBe(false);
  });
});
