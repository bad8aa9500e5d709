import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { SAMPLES } from "../samples.ts";
import { startService, type TestService } from "../service.ts";
import { letPass, MINUTE, onlyCase, say, short, wait } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

describe("six people who send the same short words without a trouble of the list", () => {
  it("have cases and numbers of their own in one topic, and nobody reads another's number", async () => {
    const holder = await service.deputy("D005");
    const before = arrived(holder).length;
    const people = Array.from({ length: 6 }, (_, index) => service.phone(`same-words-${index}`));
    for (const phone of people) {
      await phone.scan("g:东关-1");
      await say(service, phone, SAMPLES[16]);
    }
    await letPass(service, 12 * MINUTE);
    const cases = await Promise.all(people.map((phone) => onlyCase(service, phone)));
    expect(new Set(cases.map(({ topic }) => topic))).toEqual(new Set([expect.stringMatching(/^T-/)]));
    const numbers = cases.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(people.length);
    for (const [index, phone] of people.entries()) {
      const read = arrived(phone).join("\n");
      expect(numbers.filter((number) => read.includes(number))).toEqual([numbers[index]]);
    }
    expect(arrived(holder).length - before).toBeLessThanOrEqual(3);
  });
});

describe("a case that is held back because others told the same", () => {
  it("is told to its deputy no more once they have found it by themselves and answered it", async () => {
    await say(service, service.phone("held-first"), "柳东村三组水渠又堵了");
    await wait(service, MINUTE);
    const second = service.phone("held-second");
    await say(service, second, "柳东村三组水渠又堵了，没人清");
    const { number } = await onlyCase(service, second);
    await say(service, deputy, `回复 ${short(number)} 今天就清`);
    const before = arrived(deputy).length;
    await letPass(service, 20 * MINUTE);
    expect(arrived(deputy).slice(before).join("\n")).not.toContain(number);
  });
});
