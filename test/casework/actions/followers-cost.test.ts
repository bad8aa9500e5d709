import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { caseFollowers } from "../../../db/schema/cases.ts";
import { receiveNext } from "../../../src/casework/receive/receive.ts";
import type { Runtime } from "../../../src/casework/runtime/runtime.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  // What a process keeps for two seconds is kept for the whole test: reading it again would be counted on a slow machine alone.
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await office.close();
});

const STATEMENTS: ReadonlySet<string | symbol> = new Set([
  "select",
  "selectDistinct",
  "insert",
  "update",
  "delete",
  "execute",
]);

let buildings = 0;

/** How many statements it takes to receive several people together who say something of one place. */
async function costOf(place: string, people: readonly string[]): Promise<number> {
  // Each has a lamp of their own: what others told too is compared, which costs by itself.
  for (const person of people) await office.accept(person, `${place}${++buildings}号楼前的路灯坏了没人修`);
  const { database } = office.runtime;
  let statements = 0;
  const runtime: Runtime = {
    ...office.runtime,
    database: {
      ...database,
      inCounty: (id, work) =>
        database.inCounty(id, (tx) =>
          work(
            new Proxy(tx, {
              get(target, name) {
                if (STATEMENTS.has(name)) statements += 1;
                return Reflect.get(target, name, target);
              },
            }),
          ),
        ),
    },
  };
  const { outcomes } = await receiveNext(runtime, office.county.id, { limit: 32, order: "oldest" });
  expect(outcomes).toEqual(["case", "case", "case", "case"]);
  return statements;
}
const followers = () =>
  office.db.database.inCounty(office.county.id, (tx) => tx.select({ why: caseFollowers.why }).from(caseFollowers));

test("eight followers of four cases cost one statement, and cases without any cost none", async () => {
  const four = (round: number) => ["ann", "bob", "eve", "joe"].map((person) => `${person}-${round}`);
  const costs = { alone: Number.POSITIVE_INFINITY, followed: Number.POSITIVE_INFINITY };
  // What a process keeps for two seconds is read anew in some rounds, which costs more: the least is what it takes.
  for (let round = 1; round <= 4 || (round <= 20 && costs.followed !== costs.alone + 1); round += 1) {
    const before = (await followers()).length;
    costs.alone = Math.min(costs.alone, await costOf("柳东村一组", four(round)));
    expect(await followers()).toHaveLength(before);
    costs.followed = Math.min(costs.followed, await costOf("柳东村三组", four(100 + round)));
    expect(await followers()).toHaveLength(before + 8);
  }
  expect(costs.followed).toBe(costs.alone + 1);
});
