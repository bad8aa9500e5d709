import { describe, expect, test } from "vitest";
import { tokensIn } from "./history.ts";
import { makePlan, TOPIC_TOLD } from "./plan.ts";

const OPTIONS = { seed: 1, messages: 500, kills: 10, backend: "redis", mayFillDisk: true } as const;

describe("the plan of a crash run", () => {
  test("is the same for the same seed, and another one for another", () => {
    expect(makePlan(OPTIONS)).toEqual(makePlan(OPTIONS));
    expect(makePlan({ ...OPTIONS, seed: 2 }).deeds).not.toEqual(makePlan(OPTIONS).deeds);
  });

  test("has as many messages and kills as were asked for, and every other kind of fault", () => {
    const { deeds, faults } = makePlan(OPTIONS);
    expect(deeds).toHaveLength(500);
    expect(faults.filter(({ fault }) => fault.kind === "kill")).toHaveLength(10);
    expect(new Set(faults.map(({ fault }) => fault.kind)).size).toBe(14);
    expect(faults.every(({ atDeed }) => atDeed >= 0 && atDeed < 500)).toBe(true);
  });

  test("gives every message with words a token of its own that stands in it once", () => {
    const deeds = makePlan({ ...OPTIONS, messages: 5000 }).deeds.filter(({ kind }) => kind !== "command");
    expect(deeds.map(({ text }) => tokensIn(text))).toEqual(deeds.map(({ token }) => [token]));
    expect(new Set(deeds.map(({ token }) => token)).size).toBe(deeds.length);
  });

  test("lets nobody answer what was not asked before", () => {
    const known = new Set<string>();
    for (const { token, after } of makePlan(OPTIONS).deeds) {
      if (after !== null && after !== TOPIC_TOLD) expect(known).toContain(after);
      if (token !== null) known.add(token);
    }
  });

  test("lets many tell one matter in each county, whose deputy answers and closes it for all of them", () => {
    const { deeds } = makePlan(OPTIONS);
    for (const county of ["qinghe", "baishi"]) {
      const mine = deeds.filter((deed) => deed.county === county);
      const asks = mine.filter(({ openid, kind }) => openid.startsWith("o_many") && kind === "ask");
      const [answer, close, ...others] = mine.filter(({ kind }) => kind === "topic");
      expect(asks.length).toBeGreaterThanOrEqual(10);
      expect(others).toEqual([]);
      expect([answer?.text.slice(0, 5), close?.text.slice(0, 5)]).toEqual(["回复 主题", "办结 主题"]);
      for (const { openid } of asks) expect(answer?.readers).toContain(openid);
    }
  });

  test("lets no accusation be read by anybody but its sender", () => {
    const accusing = makePlan({ ...OPTIONS, messages: 5000 }).deeds.filter(({ kind }) => kind === "accuse");
    expect(accusing.length).toBeGreaterThan(10);
    expect(accusing.every(({ readers, openid }) => readers.length === 1 && readers[0] === openid)).toBe(true);
  });
});
