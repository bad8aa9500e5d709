import { describe, expect, it } from "vitest";
import { inboundsOf } from "../../../src/channels/wechaty/inbound.ts";
import { quotingIn } from "../../../src/channels/wechaty/quote.ts";

const NOW = new Date("2026-12-01T02:00:00Z");
const DASHES = "- - - - - - - - - - - - - - -";
const message = {
  id: "m1",
  at: String(NOW.getTime()),
  from: "wxid_1",
  room: null,
  toUs: true,
  kind: "text",
  text: "好",
};
const read = (fields: object) => inboundsOf({ messages: [{ ...message, ...fields }] }, NOW)?.[0];

describe("a quote as puppets write it", () => {
  it.each([
    ["words of ours", `「联络站：【12】路灯坏了」\n${DASHES}\n周五修好`, "【12】路灯坏了", "周五修好"],
    ["several lines", `「联络站：一\n二」\n${DASHES}\n三\n四`, "一\n二", "三\n四"],
    ["a name with signs", `「联络站 (县)：在吗」\n${DASHES}\n在`, "在吗", "在"],
    ["brackets inside", `「联络站：他说「好」」\n${DASHES}\n好`, "他说「好」", "好"],
    ["a quote of a quote", `「联络站：<msg><appmsg appid="">…」\n${DASHES}\n好`, null, "好"],
    ["nothing", `「联络站：」\n${DASHES}\n好`, null, "好"],
    ["no quote", "「联络站：【12】」是什么", null, "「联络站：【12】」是什么"],
    ["a line of dashes alone", `${DASHES}\n好`, null, `${DASHES}\n好`],
  ])("%s", (_what, words, quoted, text) => {
    expect(quotingIn(words)).toEqual({ quoted, text });
  });
});

describe("a message of the bridge", () => {
  it("in a room is handed over only where it is to us", () => {
    const room = { id: "9@chatroom", title: "群" };
    expect(read({ room })).toMatchObject({ room, sender: "wxid_1", dedupeKey: "wx_m1", platformId: "m1" });
    expect(inboundsOf({ messages: [{ ...message, room, toUs: false }] }, NOW)).toEqual([]);
  });

  it("has a key of letters, digits, _ and -, whatever the puppet's id is", () => {
    expect(read({ id: "id with 空格/and=more" })?.dedupeKey).toMatch(/^wx_d_[0-9a-f]{40}$/);
    expect(read({ id: "x".repeat(300) })?.dedupeKey).toMatch(/^wx_d_[0-9a-f]{40}$/);
  });

  it("has a moment that can be one, else the moment at which it arrived", () => {
    for (const at of ["", "soon", "-5", "99999999999999"]) expect(read({ at })?.sentAt).toEqual(NOW);
  });

  it("that cannot be read is kept whole, and a place that is none is no place", () => {
    expect(inboundsOf({ messages: ["x", { id: "m2" }] }, NOW)?.map(({ content }) => content.kind)).toEqual([
      ...["quarantined", "quarantined"],
    ]);
    expect(inboundsOf({ messages: [] }, NOW)).toBeNull();
    const place = { latitude: "95", longitude: "10", label: "" };
    expect(read({ kind: "place", place })?.content).toEqual({ kind: "unsupported", type: "place" });
    expect(read({ kind: "recalled", text: "m0" })).toMatchObject({
      ...{ isContact: false, content: { kind: "recalled", platformId: "m0" } },
    });
  });
});
