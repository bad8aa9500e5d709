import { expect, it } from "vitest";
import { grouped } from "../../src/console/client/numbers.ts";
import { timesIn } from "../../src/console/client/times.ts";

const ZONE = "Asia/Shanghai";
const MOMENTS = [
  "2026-11-30T23:59:59.999Z",
  "2026-12-31T15:59:59Z",
  "2026-12-31T16:00:00Z",
  "2024-02-28T16:30:00Z",
  "2025-09-03T00:05:00Z",
];

it("says days and moments in the county's zone as the formats of the platform do", () => {
  for (const iso of MOMENTS) {
    const at = new Date(iso);
    const clock = new Intl.DateTimeFormat("zh-CN", {
      ...{ timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    } as const).format(at);
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(at);
    const long = new Intl.DateTimeFormat("zh-CN", {
      ...{ timeZone: ZONE, year: "numeric", month: "long", day: "numeric" },
    } as const).format(at);
    const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: "UTC", weekday: "short" }).format(new Date(day));
    const zh = timesIn("zh-CN");
    expect([zh.clock(at), zh.dayOf(at)]).toEqual([clock, day]);
    expect(`${long} ${clock}`).toContain(zh.moment(iso));
    const isThisYear = day.slice(0, 4) === zh.dayOf(new Date()).slice(0, 4);
    expect(zh.day(day)).toBe(`${isThisYear ? long.slice(5) : long} ${weekday}`);
  }
});

it("says them in English with short names, and the year where it is another", () => {
  const en = timesIn("en");
  expect(en.day(`${new Date().getFullYear()}-09-03`)).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) 3 Sept$/);
  expect(en.day("2019-09-03")).toBe("Tue 3 Sept 2019");
  expect(en.moment("2019-05-06T16:30:00Z")).toBe("7 May 2019 00:30");
});

it("groups the digits of large numbers by three", () => {
  expect([0, 999, 1000, 12_345, 1_234_567].map(grouped)).toEqual(["0", "999", "1,000", "12,345", "1,234,567"]);
});
