import { describe, expect, it } from "vitest";
import { change, deputiesNamedIn, NO_PHONES } from "../../src/demo/phones/state.ts";
import type { Deputy, WireMessage } from "../../src/demo/phones/wire.ts";

const line = (id: number, changes: Partial<WireMessage> = {}): WireMessage => ({
  id,
  at: "2026-11-23T08:00:00.000Z",
  direction: "in",
  state: "arrived",
  rung: "direct",
  content: { kind: "text", text: String(id) },
  ...changes,
});
const deputy = (openid: string, name: string, station: string): Deputy => ({
  openid,
  code: openid,
  name,
  station,
  grids: [],
  bound: true,
});

describe("the phones on the page", () => {
  it("show each line once, in order, however it was learnt of", () => {
    let phones = change(NO_PHONES, { type: "message", openid: "r1", message: line(7) });
    phones = change(phones, { type: "loaded", openid: "r1", messages: [line(3), line(5), line(7)] });
    phones = change(phones, { type: "message", openid: "r1", message: line(7) });
    expect(phones.screens.r1?.map(({ id }) => id)).toEqual([3, 5, 7]);
    expect(phones.unread.r1).toBe(1);
  });

  it("believe a live state more than a screen that was fetched before", () => {
    const own = { direction: "out", rung: null } as const;
    let phones = change(NO_PHONES, { type: "message", openid: "r1", message: line(1, { ...own, state: "accepted" }) });
    phones = change(phones, { type: "loaded", openid: "r1", messages: [line(1, { ...own, state: "sending" })] });
    expect(phones.screens.r1).toMatchObject([{ state: "accepted" }]);
  });

  it("count as unread what arrives until somebody looks, and never what they wrote themselves", () => {
    let phones = change(NO_PHONES, { type: "message", openid: "d1", message: line(1) });
    phones = change(phones, { type: "message", openid: "d1", message: line(2, { direction: "out" }) });
    expect(phones.unread.d1).toBe(1);
    expect(change(phones, { type: "seen", openid: "d1" }).unread.d1).toBe(0);
  });

  it("count nothing as unread on a phone that the demo itself is using", () => {
    const phones = change(NO_PHONES, { type: "message", openid: "d1", message: line(1), isQuiet: true });
    expect(phones.screens.d1).toHaveLength(1);
    expect(phones.unread.d1).toBeUndefined();
  });

  it("stop to show the typing hint when the message is there", () => {
    const typing = change(NO_PHONES, { type: "typing", openid: "r1", on: true });
    expect(typing.typing.r1).toBe(true);
    expect(change(typing, { type: "message", openid: "r1", message: line(1) }).typing.r1).toBe(false);
  });

  it("offer the deputy whom a receipt names, and of two with one name the one whose station it names", () => {
    const deputies = [
      deputy("d1", "王芳", "柳河联络站"),
      deputy("d2", "王芳", "东关联络站"),
      deputy("d3", "李强", "北山联络站"),
    ];
    expect(deputiesNamedIn("已转交东关联络站王芳代表", deputies).map(({ openid }) => openid)).toEqual(["d2"]);
    expect(deputiesNamedIn("已转交李强代表", deputies).map(({ openid }) => openid)).toEqual(["d3"]);
    expect(deputiesNamedIn("已收到", deputies)).toEqual([]);
  });
});
