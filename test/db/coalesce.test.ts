import { describe, expect, it } from "vitest";
import { lastQuery } from "../../db/coalesce.ts";

/** A query that says which keys it was asked for together, and answers each with ten times itself. */
function query() {
  const asked: number[][] = [];
  const numbers = lastQuery(async (keys: readonly number[]) => {
    asked.push([...keys]);
    return keys.map((key) => 10 * key);
  });
  return { asked, ...numbers };
}

describe("a query that is asked as late as can be", () => {
  it("waits until everybody at work asks it or has ended, and is asked once for all of them", async () => {
    const { asked, ask, begin, end } = query();
    for (let work = 0; work < 3; work += 1) begin();
    const first = ask(1);
    const second = ask(2);
    await new Promise(setImmediate);
    expect(asked).toEqual([]);
    end();
    expect(await Promise.all([first, second])).toEqual([10, 20]);
    expect(asked).toEqual([[1, 2]]);
  });

  it("is asked again by whoever asks again, when the others have ended or ask too", async () => {
    const { asked, ask, begin, end } = query();
    begin();
    begin();
    const work = async () => [await ask(1), await ask(2)];
    expect(await Promise.all([work().finally(end), ask(3).finally(end)])).toEqual([[10, 20], 30]);
    expect(asked).toEqual([[1, 3], [2]]);
  });

  it("does not wait where nobody is at work, nor for those who failed", async () => {
    const { ask, begin, end } = query();
    expect(await ask(4)).toBe(40);
    begin();
    begin();
    const failing = Promise.reject(new Error("broken")).finally(end);
    await expect(failing).rejects.toThrow("broken");
    expect(await ask(5)).toBe(50);
  });

  it("tells everybody who asked that it failed", async () => {
    const { ask, begin } = lastQuery<number, number>(() => Promise.reject(new Error("no link")));
    begin();
    begin();
    const both = [ask(1), ask(2)];
    for (const one of both) await expect(one).rejects.toThrow("no link");
  });
});
