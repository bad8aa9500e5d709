import { eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coalesce } from "../../db/coalesce.ts";
import { cases } from "../../db/schema/cases.ts";
import { channelAccounts } from "../../db/schema/county.ts";
import { deputies } from "../../db/schema/people.ts";
import { gatherWrites, type Writes } from "../../db/writes.ts";
import { type TestDatabase, testDatabase } from "../database.ts";

let db: TestDatabase;
let county: string;

beforeAll(async () => {
  db = await testDatabase();
  county = await db.county("east");
});
afterAll(() => db.close());

const deputy = (code: string, name = "甲") => ({
  id: newId(),
  jurisdictionId: county,
  code,
  name,
  level: "county" as const,
});
const writing = <T>(work: (writes: Writes, count: () => Promise<number>) => Promise<T>) =>
  db.database.inCounty(county, (tx) =>
    work(gatherWrites(tx, [channelAccounts, deputies]), async () => {
      const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from deputies`);
      return row!.count;
    }),
  );
const find = async (code: string) => {
  const [row] = await db.database.inCounty(county, (tx) => tx.select().from(deputies).where(eq(deputies.code, code)));
  return row;
};

describe("what a transaction is going to write", () => {
  test("is not there before it is sent, and all there behind that", async () => {
    await writing(async (writes, count) => {
      const before = await count();
      writes.insert(deputies, deputy("S1"));
      writes.insert(deputies, deputy("S2"));
      expect(await count()).toBe(before);
      writes.send();
      expect(await count()).toBe(before + 2);
      await writes.done();
    });
  });

  test("has the values that drizzle would have written: defaults, bytes, dates, lists, half a sign", async () => {
    const values = { phone: Uint8Array.of(0, 92, 255), untilOn: "2030-01-02", groups: ["水利", 'a"b,{}'] };
    await writing(async (writes) => {
      writes.insert(deputies, { ...deputy("V1", "半个\ud83d字\\x00"), ...values });
      writes.insert(deputies, deputy("V2"));
      await writes.done();
    });
    await db.database.inCounty(county, (tx) =>
      tx.insert(deputies).values({ ...deputy("V3", "半个\ud83d字\\x00"), ...values }),
    );
    const { id: _, code: __, ...gathered } = (await find("V1"))!;
    const { id: ___, code: ____, ...direct } = (await find("V3"))!;
    expect(gathered).toEqual(direct);
    expect(await find("V2")).toMatchObject({ district: "", phone: null, groups: [], untilOn: null });
  });

  test("takes changes of a row that waits, and of one that is there; the later holds, undefined changes nothing", async () => {
    const [waiting, stored] = [deputy("C1"), deputy("C2")];
    await writing(async (writes) => {
      writes.insert(deputies, stored);
      await writes.done();
      writes.insert(deputies, waiting);
      writes.update(deputies, waiting.id, { name: "乙", district: "东" });
      writes.update(deputies, stored.id, { name: "丙" });
      writes.update(deputies, stored.id, { name: "丁", untilOn: "2031-01-01" });
      writes.update(deputies, stored.id, { district: undefined, phone: Uint8Array.of(1) });
      await writes.done();
    });
    expect(await find("C1")).toMatchObject({ name: "乙", district: "东" });
    const { phone, ...changed } = (await find("C2"))!;
    expect(changed).toMatchObject({ name: "丁", untilOn: "2031-01-01", district: "" });
    expect([...phone!]).toEqual([1]);
  });

  test("rolls back with what failed, and tells the cause rather than what failed behind it", async () => {
    const twice = deputy("F1");
    const failed = writing(async (writes, count) => {
      writes.insert(deputies, twice);
      writes.insert(deputies, twice);
      writes.send();
      try {
        await count();
      } catch (error) {
        throw await writes.causeOf(error);
      }
    });
    await expect(failed).rejects.toMatchObject({ code: "23505" });
    expect(await find("F1")).toBeUndefined();
  });

  test("names its tables in their order, or is refused", async () => {
    await expect(writing(async (writes) => writes.update(cases, newId(), { summary: "" }))).rejects.toThrow("cases");
  });

  test("stays in its county", async () => {
    const west = await db.county("west");
    const failed = writing(async (writes) => {
      writes.insert(deputies, { ...deputy("W1"), jurisdictionId: west });
      await writes.done();
    });
    await expect(failed).rejects.toMatchObject({ code: "42501" });
  });
});

describe("what is asked in the same moment", () => {
  test("is one question; what is asked later is another", async () => {
    const asked: number[][] = [];
    const double = coalesce<number, number>(async (keys) => {
      asked.push([...keys]);
      return keys.map((key) => key * 2);
    });
    expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
    expect(await double(3)).toBe(6);
    expect(asked).toEqual([[1, 2, 1], [3]]);
  });

  test("fails for all who asked", async () => {
    const never = coalesce<number, number>(async () => {
      throw new Error("no answer");
    });
    const ends = await Promise.allSettled([never(1), never(2)]);
    expect(ends.map((end) => end.status)).toEqual(["rejected", "rejected"]);
  });
});
