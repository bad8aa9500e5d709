import { describe, expect, it } from "vitest";
import { roomCode, roomCodeIn } from "../../../src/domain/dialog/deputy/room-words.ts";
import { quoteMasked } from "../../../src/domain/text/quote.ts";
import { roomWordingOf } from "../../../src/domain/wording/rooms/room-wording.ts";
import type { RoomWording } from "../../../src/domain/wording/rooms/sentences.ts";
import type { DeputyCase } from "../../../src/domain/wording/sentences.ts";

const number = "2026-000012";
const of = "柳河镇代表联络站";
const line: DeputyCase = {
  ...{ number, text: quoteMasked("我叫钱多多，路灯坏了，电话13812345678"), place: "柳河镇柳东村三组" },
  ...{ priority: true, dueOn: "2026-12-03", overdue: false, isByMinor: false },
  state: "assigned",
};

/** Every sentence into rooms, by what it is. */
function sentences(say: RoomWording): Record<string, string> {
  const lines = [
    { number, dueOn: "2026-12-03", isLate: true },
    { number: "2026-000013", dueOn: "2026-12-08", isLate: false },
  ];
  return {
    case: say.roomCase({ line }),
    morning: say.roomMorning({ of, lines, more: 0, late: 1 }),
    morningOfMany: say.roomMorning({ of, lines, more: 7, late: 0 }),
    unbound: say.roomUnbound(),
    bindFirst: say.bindFirst({ number: null }),
    bindFirstForCase: say.bindFirst({ number }),
    answered: say.roomAnswer({ number, is: "answered" }),
    closed: say.roomAnswer({ number, is: "closed" }),
    heard: say.roomAnswer({ number, is: "heard" }),
    notYours: say.notYours({ number }),
    toldAlone: say.toldAlone(),
    notDoneHere: say.notDoneHere(),
    bound: say.roomBound({ of }),
    codeNoted: say.codeNoted(),
    codeRefused: say.codeRefused(),
  };
}

describe("the sentences into rooms of deputies", () => {
  const zh = sentences(roomWordingOf("zh-CN"));
  const en = sentences(roomWordingOf("en"));

  it("are there in both languages, short, without anything left open, and without names and numbers of people", () => {
    for (const said of [...Object.values(zh), ...Object.values(en)]) {
      expect(said).not.toMatch(/undefined|null|NaN|\[object|13812345678|钱多多/);
      expect(said.length).toBeGreaterThan(0);
      expect(said.length).toBeLessThan(320);
    }
    for (const [name, said] of Object.entries(en)) {
      const own = said.replace(/柳河镇代表联络站|柳河镇柳东村三组|「[^」]*」|绑定群/gu, "");
      expect([name, /\p{Script=Han}/u.test(own)]).toEqual([name, false]);
    }
  });

  it("say that nothing was done where nothing was", () => {
    for (const name of ["bindFirst", "bindFirstForCase", "notYours", "notDoneHere"])
      expect([name, zh[name]]).toEqual([name, expect.stringContaining("没有")]);
    expect(zh.unbound).toContain("什么都不办");
  });

  it("of a case begin with the number by which a quote of them is understood", () => {
    for (const name of ["case", "answered", "closed", "heard", "notYours", "bindFirstForCase"])
      expect([name, zh[name]]).toEqual([name, expect.stringContaining("【12】")]);
  });
});

describe("the code of a room", () => {
  it.each([
    ["绑定群 K7M2Q9", "K7M2Q9"],
    ["绑定群k7m2q9。", "K7M2Q9"],
    ["绑定群：ＡＢ１２", "AB12"],
    ["/bind_room ab12", "AB12"],
    ["绑定群", null],
    ["绑定群 路灯", null],
    ["绑定 K7M2Q9", null],
    ["怎么绑定群 K7M2Q9", null],
  ])("%s", (text, code) => {
    expect(roomCodeIn(text)).toBe(code);
  });

  it("is four to twelve letters and digits", () => {
    expect([roomCode("ab1"), roomCode("ab12"), roomCode("a b12"), roomCode("A".repeat(13))]).toEqual([
      ...[null, "AB12", null, null],
    ]);
  });
});
