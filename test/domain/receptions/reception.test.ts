import { describe, expect, it } from "vitest";
import { isCancelled, nextReception, type Reception } from "../../../src/domain/receptions/reception.ts";

const day = (on: string, from: string, until: string, deputies: Reception["deputies"] = []): Reception => ({
  ...{ station: "ST01", stationName: "柳河镇代表联络站", township: "柳河镇", place: "一楼", day: on, from, until },
  deputies,
});
const here = { name: "李秀兰", isAway: false };
const away = { name: "赵德明", isAway: true };
const NOW = { day: "2026-12-01", time: "10:00" };

describe("the next reception day", () => {
  it("is the first one that has not ended", () => {
    const all = [
      day("2026-12-15", "09:00", "11:00"),
      day("2026-12-01", "08:00", "10:00"),
      day("2026-12-01", "09:30", "11:00"),
      day("2026-11-30", "09:00", "11:00"),
    ];
    expect(nextReception(all, NOW)?.reception).toMatchObject({ day: "2026-12-01", from: "09:30" });
    expect(nextReception(all.slice(1, 2), NOW)).toBeNull();
    expect(nextReception([], NOW)).toBeNull();
  });

  it("leaves out who is away, and says which days before it fall out because nobody is there", () => {
    const all = [day("2026-12-08", "09:00", "11:00", [away]), day("2026-12-22", "09:00", "11:00", [away, here])];
    expect(nextReception(all, NOW)).toMatchObject({
      reception: { day: "2026-12-22" },
      names: ["李秀兰"],
      cancelled: [{ day: "2026-12-08" }],
    });
    expect(nextReception(all.slice(0, 1), NOW)).toBeNull();
    expect(isCancelled(day("2026-12-08", "09:00", "11:00"))).toBe(false);
  });
});
