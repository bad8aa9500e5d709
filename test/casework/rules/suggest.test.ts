import { afterAll, beforeAll, expect, it } from "vitest";
import { moveByHand } from "../../../src/casework/office/move-case.ts";
import { suggestFrom } from "../../../src/casework/rules/suggest.ts";
import { readRuleset } from "../../../src/domain/rules/ruleset.ts";
import { publish } from "../../journeys/publish.ts";
import { onlyCase, say } from "../../journeys/resident.ts";
import { startService, type TestService } from "../../service.ts";

let service: TestService;
let county: string;

async function ask(person: string, text: string): Promise<string> {
  const phone = service.phone(person);
  await say(service, phone, text);
  return (await onlyCase(service, phone)).number;
}

const suggest = (number: string) =>
  suggestFrom(service.runtime.database, county, number, { timeZone: "Asia/Shanghai" });

beforeAll(async () => {
  service = await startService();
  county = service.jurisdiction("qinghe");
});

afterAll(() => service.close());

it("offers from a case moved by hand the rule that would have sent it there, with what it would have done", async () => {
  const well = await ask("w1", "柳东村一组的灌溉井抽不上水");
  const again = await ask("w2", "柳西村一组灌溉井的电机烧了");
  const lamp = await ask("l1", "柳东村一组路灯不亮");
  await ask("l2", "柳东村二组路灯坏了");
  for (const number of [well, again]) {
    expect(await moveByHand(service.runtime, county, number, { kind: "deputy", code: "D009" }, "office:lin")).toEqual({
      ok: true,
    });
  }
  const suggested = await suggest(well);
  if (!suggested.ok) throw new Error(suggested.reason);
  const { offer } = suggested;
  expect(JSON.stringify(offer.rule)).toContain("灌溉");
  expect(offer.rule).toMatchObject({ id: `moved-${well}`, then: { assign: { deputy: "D009" } } });
  expect(new Set(offer.right)).toEqual(new Set([well, again]));
  expect(offer.wrong).toEqual([]);
  expect(offer.alike[0]).toMatchObject({ case: again, who: "D009" });
  expect(offer.dryRun.perRule[`moved-${well}`]).toBe(2);
  expect(offer.dryRun.differences.map((one) => one.case)).not.toContain(lamp);
  expect(readRuleset(offer.draft).ok).toBe(true);
});

it("puts the rule in front of those that hold now", async () => {
  await publish(service, {
    name: "规则",
    rules: [
      { id: "old", when: { var: "hasPhoto" }, then: { assign: { office: true } }, reason: "照片", owner: "办公室" },
    ],
    otherwise: { assign: { station: true } },
  });
  const number = await ask("p1", "柳东村一组的健身广场没有照明器材");
  await moveByHand(service.runtime, county, number, { kind: "unit", code: "U01" }, "office:lin");
  const suggested = await suggest(number);
  if (!suggested.ok) throw new Error(suggested.reason);
  expect(suggested.offer.draft).toMatchObject({
    rules: [{ then: { assign: { unit: "U01" } } }, { id: "old" }],
    otherwise: { assign: { station: true } },
  });
});

it("offers nothing for what was not moved, is unknown, or is sealed", async () => {
  const kept = await ask("k1", "柳东村一组的沟没盖板");
  expect(await suggest(kept)).toEqual({ ok: false, reason: expect.stringContaining("not moved by hand") });
  expect(await suggest("2026-999999")).toMatchObject({ ok: false });
  const sealed = await ask("s1", "村支书收了好处，低保名额都给了亲戚");
  expect(await suggest(sealed)).toMatchObject({ ok: false });
});
