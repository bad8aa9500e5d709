import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database, Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deliver } from "../../../src/casework/delivery/deliver.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const BUILDERS: ReadonlySet<string | symbol> = new Set(["select", "insert", "update", "delete", "execute"]);

/** The same database, with every transaction and every statement in it counted. */
function counting(database: Database): {
  readonly database: Database;
  readonly cost: { transactions: number; statements: number };
} {
  const cost = { transactions: 0, statements: 0 };
  const counted = (tx: Transaction): Transaction =>
    new Proxy(tx, {
      get(target, name) {
        if (BUILDERS.has(name)) cost.statements += 1;
        return Reflect.get(target, name, target);
      },
    });
  return {
    cost,
    database: {
      ...database,
      inCounty(jurisdictionId, work) {
        cost.transactions += 1;
        return database.inCounty(jurisdictionId, (tx) => work(counted(tx)));
      },
    },
  };
}

test("a receipt costs two transactions and nine statements, with the look for what is next", async () => {
  await office.say("ann", "柳东村一组路灯坏了没人修");
  const { database } = office.db;
  const key = await database.inCounty(office.county.id, async (tx) => {
    const [person] = await tx
      .select()
      .from(conversations)
      .where(eq(conversations.peer, office.peer("ann")));
    await tx.update(outbox).set({ state: "waiting", settledAt: null }).where(eq(outbox.kind, "receipt"));
    return { jurisdictionId: office.county.id, conversationId: person!.id };
  });
  const before = office.sent.length;
  const { database: counted, cost } = counting(database);
  expect(await deliver({ ...office.runtime, database: counted }, key)).toEqual({ nextAt: null });
  expect(office.sent).toHaveLength(before + 1);
  expect(cost).toEqual({ transactions: 2, statements: 9 });
});
