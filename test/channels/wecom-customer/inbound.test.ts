import { expect, test } from "vitest";
import { DESK, pullText } from "./pages.ts";

const AT = new Date("2026-11-24T02:00:00Z");
const SECONDS = AT.getTime() / 1000;

async function read(row: object, at = AT, kept = new Map<string, string>()) {
  const head = { msgid: "m1", open_kfid: DESK, external_userid: "wm1", send_time: SECONDS, origin: 3 };
  const page = { errcode: 0, next_cursor: "c2", has_more: 1, msg_list: [{ ...head, ...row }] };
  return pullText(JSON.stringify(page), at, kept);
}
const event = (event_type: string, fields: object = {}) => ({
  ...{ origin: 4, msgtype: "event", external_userid: undefined },
  event: { event_type, open_kfid: DESK, external_userid: "wm1", ...fields },
});
const one = async (row: object) => (await read(row)).messages[0];

test.each([
  ["a text", { msgtype: "text", text: { content: "007 路灯坏了" } }, { kind: "text", text: "007 路灯坏了" }],
  [
    "a tap that is none of ours",
    { msgtype: "text", text: { content: "是", menu_id: "x" } },
    { kind: "text", text: "是" },
  ],
  ["a picture without a file", { msgtype: "image", image: {} }, { kind: "unsupported", type: "image without a file" }],
  [
    "a place with an address",
    { msgtype: "location", location: { latitude: 34.25, longitude: 108.95, name: "村委会", address: "柳东村" } },
    { kind: "location", position: { latitude: 34.25, longitude: 108.95 }, label: "柳东村 村委会" },
  ],
  [
    "a place that is none",
    { msgtype: "location", location: {} },
    { kind: "unsupported", type: "location without a position" },
  ],
  [
    "a card",
    { msgtype: "business_card", business_card: { userid: "u" } },
    { kind: "unsupported", type: "business_card" },
  ],
])("%s is handed over as what it is, with five messages for two days", async (_name, row, content) => {
  expect(await one(row)).toEqual({
    ...{ dedupeKey: "kf_m1", sender: `wm1@${DESK}`, room: null, sentAt: AT, isContact: true, replyTo: null },
    ...{ window: { messages: 5, durationMs: 172_800_000 }, content },
  });
});

test("entering says something with a scene or a code, and only the code allows a message", async () => {
  expect(await one(event("enter_session"))).toMatchObject({
    content: { kind: "note" },
    isContact: false,
    window: null,
  });
  expect(await one(event("enter_session", { scene_param: "g:柳东-1" }))).toMatchObject({
    ...{ content: { kind: "follow", scene: "g:柳东-1" }, isContact: true, window: null },
  });
  expect(await one(event("enter_session", { welcome_code: "W" }))).toMatchObject({
    ...{ content: { kind: "follow", scene: null }, window: { messages: 1, durationMs: 20_000 } },
  });
});

test("a code is kept for twenty seconds from when it was given, and no longer", async () => {
  const kept = new Map<string, string>();
  await read(event("session_status_change", { change_type: 3, msg_code: "END" }), new Date(AT.getTime() + 5000), kept);
  expect([...kept.values()].some((value) => value.includes("END"))).toBe(true);
  const late = new Map<string, string>();
  await read(event("enter_session", { welcome_code: "W" }), new Date(AT.getTime() + 21_000), late);
  expect([...late.values()].some((value) => value.includes("W"))).toBe(false);
});

test.each([
  [4, "rung"],
  [6, "rung"],
  [10, "person"],
  [8, "account"],
  [12, "content"],
  [77, "content"],
])("a message that did not arrive after all (%i) says what it blocks", async (fail_type, blocks) => {
  expect((await one(event("msg_send_fail", { fail_msgid: "k_1", fail_type })))?.content).toMatchObject({
    ...{
      kind: "delivery-report",
      platformId: "k_1",
      ok: false,
      blocks,
      reason: expect.stringContaining(String(fail_type)),
    },
  });
});

test("what the corporation's own staff wrote, and what is nobody's, is not handed over", async () => {
  for (const row of [
    { origin: 5, msgtype: "text", text: { content: "您好" } },
    {
      origin: 4,
      msgtype: "event",
      external_userid: undefined,
      event: { event_type: "servicer_status_change", status: 1 },
    },
  ])
    expect(await read(row)).toMatchObject({ messages: [], cursor: "c2", more: true });
});

test("a row without an id has a key of all that it says, the same whenever it is read", async () => {
  const row = { msgid: undefined, msgtype: "text", text: { content: "灯坏了" } };
  const later = new Date(AT.getTime() + 3_600_000);
  const keys = [await read(row), await read(row, later)].map(({ messages }) => messages[0]?.dedupeKey);
  expect(keys[0]).toMatch(/^kf_h_/);
  expect(keys[1]).toBe(keys[0]);
});
