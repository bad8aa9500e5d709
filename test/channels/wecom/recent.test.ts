import { afterAll, beforeAll, expect, it } from "vitest";
import type { ChannelAccount, Sender } from "../../../src/channels/channel.ts";
import { wecom } from "../../../src/channels/wecom/channel.ts";
import type { Phone, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import { startWecom } from "../../../src/demo/platforms/wecom.ts";
import type { Outbound } from "../../../src/domain/messages/message.ts";
import { accountWith, NOW, senderAt } from "../conformance/driver.ts";

const MEMBER = { kind: "person", id: "zhangsan" } as const;
let platform: SimulatedPlatform;
let account: ChannelAccount;
let phone: Phone;
let now = NOW;
const values = new Map<string, string>();
/** What the processes of an installation share. */
const store = {
  get: async (key: string) => values.get(key) ?? null,
  set: async (key: string, value: string) => void values.set(key, value),
  deleteIfEqual: async () => undefined,
};

beforeAll(async () => {
  platform = await startWecom({ now: () => now });
  account = accountWith(wecom, await platform.openAccount("suite", "http://127.0.0.1:9/"));
  phone = platform.phone("suite", MEMBER.id);
});
afterAll(() => platform.close());

const process = (): Sender => senderAt(wecom, account, platform.url, { now: () => now, store });
const text = (words: string, key: string) => ({ kind: "text", text: words, key }) as const;
const shown = () => phone.lines().map((line) => line.text);

it("two processes keep one pace to one member, and nothing that they say the platform took is missing", async () => {
  const processes = [process(), process()];
  const outcomes: string[] = [];
  for (let index = 0; index < 40; index += 1) {
    const { outcome } = await processes[index % 2]!.send("direct", MEMBER, text(`第${index}句`, `k${index}`));
    outcomes.push(outcome);
  }
  const delivered = outcomes.filter((outcome) => outcome === "delivered").length;
  expect(delivered).toBe(25);
  expect(shown()).toHaveLength(delivered);
  now = new Date(now.getTime() + 61_000);
  expect(await processes[1]!.send("direct", MEMBER, text("后来的", "later"))).toMatchObject({ outcome: "delivered" });
  expect(shown().at(-1)).toBe("后来的");
});

it("two messages that say the same are two, and a repetition of one is one", async () => {
  now = new Date(now.getTime() + 61_000);
  const before = shown().length;
  const [one, other] = [process(), process()];
  await one.send("direct", MEMBER, text("您手上有1件", "a_1"));
  await other.send("direct", MEMBER, text("您手上有1件", "b_1"));
  await other.send("direct", MEMBER, text("您手上有1件", "a_1"));
  await one.send("direct", MEMBER, text("您手上有1件", "b_1"));
  expect(shown().slice(before)).toEqual(["您手上有1件", "您手上有1件"]);
});

it("a store that is away costs no message", async () => {
  now = new Date(now.getTime() + 61_000);
  const away = async () => {
    throw new Error("away");
  };
  const token = { get: async (key: string) => (key.startsWith("wecom-token") ? store.get(key) : away()) };
  const sender = senderAt(wecom, account, platform.url, {
    now: () => now,
    store: { ...store, ...token, set: away },
  });
  await process().send("direct", MEMBER, text("先取凭证", "t_1"));
  expect(await sender.send("direct", MEMBER, text("库不在", "u_1"))).toMatchObject({ outcome: "delivered" });
});

it("a code changes a card once, and a file that the platform cannot show goes as one", async () => {
  const sender = process();
  const card: Outbound = {
    ...{ key: "card_1", title: "新的群众意见 12", words: "路灯坏了", text: "路灯坏了" },
    kind: "card",
    facts: [["地点", "柳东村"]],
    actions: [{ key: "r_2026-000012", label: "答复", style: "primary" }],
  };
  const sent = await sender.send("direct", MEMBER, card);
  const handle = sent.outcome === "delivered" ? (sent.handle ?? "") : "";
  expect(await sender.revise(handle, MEMBER, { text: "", done: "已办结" })).toEqual({ outcome: "done" });
  expect(await sender.revise(handle, MEMBER, { text: "", done: "已办结" })).toEqual({ outcome: "spent" });
  expect(phone.lines().at(-1)).toMatchObject({ revised: "已办结", buttons: [] });
  const sound: Outbound = {
    ...{ key: "voice_1", contentType: "audio/ogg", fileName: "voice.ogg", caption: "居民的话" },
    kind: "media",
    form: "voice",
    bytes: Buffer.from("OggS....."),
  };
  expect(await sender.send("direct", MEMBER, sound)).toMatchObject({ outcome: "delivered" });
  expect(shown().slice(-2)).toEqual(["居民的话", "[file]"]);
});
