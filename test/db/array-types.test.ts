import fc from "fast-check";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { arrayTypes } from "../../db/array-types.ts";

let client: postgres.Sql<Record<keyof typeof arrayTypes, unknown>>;
beforeAll(() => {
  client = postgres(inject("postgresUrl"), { max: 1, fetch_types: false, types: arrayTypes });
});
afterAll(() => client.end());

const echo = async (type: string, values: readonly unknown[]) => {
  const [row] = await client.unsafe(`select $1::${type}[] as values`, [values as string[]], { prepare: true });
  return row?.values;
};

describe("an array", () => {
  test("of any texts comes back from Postgres as it was sent", async () => {
    const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0"));
    const tricky = fc.constantFrom("", "null", "NULL", '"', "\\", '\\"', "{}", "a,b", " x ", "第一\n第二", "{a,b}");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, tricky, fc.constant(null))), async (values) => {
        expect(await echo("text", values)).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });

  test("of ids and of large numbers does so too, the numbers as texts", async () => {
    const ids = [newId(), newId()];
    expect(await echo("uuid", ids)).toEqual(ids);
    expect(await echo("bigint", [1, 9_007_199_254_740_991, null])).toEqual(["1", "9007199254740991", null]);
    expect(await echo("uuid", [])).toEqual([]);
  });
});
