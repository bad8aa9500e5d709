import { expect } from "vitest";
import type { WebhookRequest, WebhookResult } from "../../../src/channels/channel.ts";
import { receivingPart } from "../../../src/channels/receiving.ts";
import type { Inbound, InboundContent } from "../../../src/domain/messages/message.ts";
import type { Cases } from "./cases.ts";
import { accountWith, type Driver, NOW, RULES, type Said } from "./driver.ts";

const TEXT = { kind: "text", id: 1, text: "柳东村路灯坏了" } as const satisfies Said;
const FAR_MS = 400_000;
const BODY_LIMIT = 256 * 1024;
const GRID = { latitude: 34.256781, longitude: 108.953212, label: "柳东村委会" };

/** Everything of which the suite knows how a channel hands it over, with what that is; null where any answer of the kind will do. */
const KINDS: readonly (readonly [Said, InboundContent])[] = [
  [TEXT, { kind: "text", text: "柳东村路灯坏了" }],
  [
    { kind: "choice", id: 2, text: "柳东村", choice: "2" },
    { kind: "text", text: "柳东村", choice: "2" },
  ],
  [
    { kind: "press", id: 3, key: "r_12" },
    { kind: "press", press: { key: "r_12", handle: null } },
  ],
  [
    { kind: "image", id: 4, mediaId: "M1" },
    { kind: "media", media: { mediaId: "M1", form: "image" } },
  ],
  [
    { kind: "voice", id: 5, mediaId: "V1", transcript: "路灯坏了" },
    { kind: "media", media: { mediaId: "V1", form: "voice" }, transcript: "路灯坏了" },
  ],
  [
    { kind: "video", id: 6, mediaId: "F1" },
    { kind: "media", media: { mediaId: "F1", form: "video" } },
  ],
  [
    { kind: "file", id: 7, mediaId: "D1" },
    { kind: "media", media: { mediaId: "D1", form: "file" } },
  ],
  [
    { kind: "place", id: 8, ...GRID },
    { kind: "location", position: GRID, label: GRID.label },
  ],
  [
    { kind: "link", id: 9, title: "通知", description: "停水", url: "https://example.org/a" },
    { kind: "link", title: "通知", description: "停水", url: "https://example.org/a" },
  ],
  [
    { kind: "edited", id: 10, text: "路灯坏了三盏" },
    { kind: "edited", platformId: "10", text: "路灯坏了三盏" },
  ],
  [
    { kind: "recalled", id: 11 },
    { kind: "recalled", platformId: "11" },
  ],
  [
    { kind: "open", id: 12, scene: "g:G1" },
    { kind: "follow", scene: "g:G1" },
  ],
  [{ kind: "leave", id: 13 }, { kind: "unfollow" }],
];

/** The part of the suite about what comes in: a table, without a platform. */
export function inboundCases(cases: Cases, driver: Driver): void {
  const { channel } = driver;
  const account = accountWith(channel, driver.options);
  const read = (request: WebhookRequest, now = NOW, maxAgeSeconds = RULES.maxAgeSeconds): WebhookResult =>
    channel.receive(account, request, { now, maxAgeSeconds });
  const messagesOf = (result: WebhookResult): readonly Inbound[] => {
    expect(result.kind).toBe("received");
    return result.kind === "received" ? result.messages : [];
  };
  const heard = async (said: Said | readonly Said[], at = NOW, maxAgeSeconds?: number) => {
    const pulled = await driver.pulled?.(Array.isArray(said) ? said : [said as Said], at);
    if (pulled) return pulled;
    const request = driver.request(said, at);
    return request === null ? null : messagesOf(read(request, at, maxAgeSeconds));
  };
  const personId = driver.personId ?? ((person: string) => person);

  cases.add("I1 a right handshake is answered", (nothing) => {
    if (driver.handshake === undefined) return nothing();
    const result = read(driver.handshake.request(true, NOW));
    expect(result).toMatchObject({ kind: "answered", reply: { status: 200, body: driver.handshake.answer } });
  });
  cases.add("I2 a wrong one is refused", (nothing) => {
    if (driver.handshake === undefined) return nothing();
    expect(read(driver.handshake.request(false, NOW)).kind).toBe("refused");
  });
  cases.add("I3 an answer is there within the platform's time, with a second to spare", () => {
    const request = driver.request(TEXT, NOW)!;
    const begin = performance.now();
    read(request);
    expect(performance.now() - begin).toBeLessThan(channel.answerWithinMs - 1000);
  });
  cases.add("I4 every spoiled request is refused, with one and the same answer", () => {
    const genuine = driver.request(TEXT, NOW)!;
    const results = Object.values(driver.spoiled).map((spoil) => read(spoil(genuine)));
    expect(results.map(({ kind }) => kind)).toEqual(results.map(() => "refused"));
    const replies = results.flatMap((result) => (result.kind === "refused" ? [JSON.stringify(result.reply)] : []));
    expect(new Set(replies).size).toBe(1);
    expect(results.length).toBeGreaterThan(0);
  });
  cases.add("I5 a signature of another length is a plain no", (nothing) => {
    const spoil = driver.spoiled["signature-length"] ?? driver.spoiled.token;
    if (spoil === undefined) return nothing();
    expect(() => read(spoil(driver.request(TEXT, NOW)!))).not.toThrow();
  });
  cases.add("I6 the signature is over the bytes: other white space with its own passes", (nothing) => {
    if (driver.spaced === undefined) return nothing();
    expect(messagesOf(read(driver.spaced(TEXT, NOW)))[0]?.content).toEqual({ kind: "text", text: TEXT.text });
  });
  cases.add("I7 a plain body to an account with a key is refused", (nothing) => {
    const spoil = driver.spoiled["plain-instead-of-sealed"];
    if (spoil === undefined) return nothing();
    expect(read(spoil(driver.request(TEXT, NOW)!)).kind).toBe("refused");
  });
  cases.add("I8 a request that is too old, too new, or says no moment is refused", (nothing) => {
    if (!driver.isTimed) return nothing();
    for (const ms of [-FAR_MS, FAR_MS]) {
      expect(read(driver.request(TEXT, NOW)!, new Date(NOW.getTime() + ms)).kind).toBe("refused");
    }
    expect(read(driver.spoiled.timestamp!(driver.request(TEXT, NOW)!)).kind).toBe("refused");
  });
  cases.add("I9 a repeat has the same key, an hour later too, and each key is well formed", async () => {
    const said: readonly Said[] = [TEXT, { kind: "open", id: 12, scene: "g:G1" }, { kind: "unreadable", id: 20 }];
    for (const one of said) {
      const [first, again] = [driver.request(one, NOW), driver.request(one, NOW)];
      if (first === null || again === null) continue;
      const later = new Date(NOW.getTime() + 3_600_000);
      const ways =
        driver.pulled === undefined || one.kind === "unreadable"
          ? [read(first), read(again), read(again, later, 0)].map(messagesOf)
          : [await heard(one), await heard(one), await heard(one, later, 0)];
      const keys = ways.map((messages) => messages![0]!.dedupeKey);
      expect(new Set(keys).size).toBe(1);
      expect(keys[0]).toMatch(/^[\w-]{1,200}$/);
    }
  });
  cases.add("I10 two events of one second have two keys", async () => {
    const opened = (id: number, scene: string): Said => ({ kind: "open", id, scene });
    const pair = [await heard(opened(1, "g:G1")), await heard(opened(2, "g:G2"))].map(
      (messages) => messages?.[0]?.dedupeKey,
    );
    if (pair[0] !== undefined) expect(pair[0]).not.toBe(pair[1]);
    const texts = await Promise.all([1, 2].map(async (id) => (await heard({ ...TEXT, id }))![0]!.dedupeKey));
    expect(texts[0]).not.toBe(texts[1]);
  });
  for (const [said, content] of KINDS) {
    cases.add(`I11-${said.kind} is handed over as what it is`, async (nothing) => {
      const messages = await heard(said);
      if (messages === null) return nothing();
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ sender: expect.stringMatching(/./), room: null });
      expectContent(messages[0]!.content, driver.contents?.[said.kind] ?? content);
      expect(messages[0]!.isContact).toBe(content.kind !== "unfollow" && content.kind !== "recalled");
    });
  }
  cases.add("I11-answer names what it answers", async (nothing) => {
    const messages = await heard({ ...TEXT, answers: "77" });
    if (messages === null || messages[0]?.replyTo === null) return nothing();
    expect(messages[0]!.replyTo).toMatchObject({ by: expect.stringMatching(/^(id|words)$/) });
  });
  cases.add("I12 odd ids and texts come through whole", async () => {
    for (const by of ["9007199254740993123", "007"]) {
      expect((await heard({ ...TEXT, by }))?.[0]?.sender).toBe(personId(by));
    }
    for (const text of ["𠮷野家門前👨‍👩‍👧的灯", "路".repeat(20_000), "a\nb\tc", "0012"]) {
      expect((await heard({ ...TEXT, text }))?.[0]?.content).toEqual({ kind: "text", text });
    }
    for (const text of ["a\ud800b", "a\0b"]) {
      const content = (await heard({ ...TEXT, text }))?.[0]?.content;
      const words = content?.kind === "text" ? content.text : "";
      expect(words.startsWith("a") && words.endsWith("b") && words.isWellFormed() && !words.includes("\0")).toBe(true);
    }
  });
  cases.add("I13 an unknown message is unsupported, an unknown event is kept", async (nothing) => {
    const messages = await heard({ kind: "unknown message", id: 30 });
    const events = await heard({ kind: "unknown event", id: 31 });
    if (messages === null && events === null) return nothing();
    if (messages !== null) expect(messages[0]?.content.kind).toBe("unsupported");
    if (events !== null) expect(["unsupported", "note"]).toContain(events[0]?.content.kind);
  });
  cases.add("I14 what is genuine and cannot be read is kept with its words", async (nothing) => {
    const messages = await heard({ kind: "unreadable", id: 20 });
    if (messages === null) return nothing();
    expect(messages).toMatchObject([{ content: { kind: "quarantined", raw: expect.stringMatching(/./) } }]);
  });
  cases.add("I15 a batch keeps its order, and each has its own key", async (nothing) => {
    const many = [1, 2, 3].map((id): Said => ({ ...TEXT, id, text: `第${id}句` }));
    const messages = await heard(many);
    if (messages === null) return nothing();
    expect(messages.map(({ content }) => content)).toEqual(
      many.map((one) => ({ kind: "text", text: "text" in one ? one.text : "" })),
    );
    expect(new Set(messages.map(({ dedupeKey }) => dedupeKey)).size).toBe(3);
  });
  cases.add("I16 what we said ourselves is not handed over", async (nothing) => {
    const messages = await heard({ kind: "own", id: 40 });
    if (messages === null) return nothing();
    expect(messages.filter(({ content }) => content.kind === "text")).toEqual([]);
  });
  cases.add("I17 in a room only what is said to us is handed over", async (nothing) => {
    const toUs = await heard({ ...TEXT, room: "to us" });
    if (toUs === null) return nothing();
    expect(toUs).toMatchObject([{ room: { id: expect.stringMatching(/./) } }]);
    expect(await heard({ ...TEXT, room: "overheard" })).toEqual([]);
  });
  cases.add("I18 what is too large, or an attack, is refused or kept, and never breaks", () => {
    const large = { ...driver.request(TEXT, NOW)!, body: new Uint8Array(BODY_LIMIT + 1) };
    expect(read(large).kind).toBe("refused");
    for (const attack of driver.hostile) {
      const result = read(attack(NOW));
      const kept = result.kind === "received" ? result.messages.map(({ content }) => content.kind) : [];
      expect(kept.every((kind) => kind === "quarantined" || kind === "unsupported")).toBe(true);
    }
  });
  cases.add("I19 what is for receiving is enough to read all of it, and nothing else is among it", () => {
    const part = receivingPart(channel, account);
    const atEdge = { ...account, ...part, id: "elsewhere", jurisdictionId: "" };
    const rules = { now: NOW, maxAgeSeconds: RULES.maxAgeSeconds };
    for (const [said] of KINDS) {
      const request = driver.request(said, NOW);
      if (request === null) continue;
      expect(JSON.stringify(channel.receive(atEdge, request, rules))).toBe(JSON.stringify(read(request)));
      for (const spoil of Object.values(driver.spoiled)) {
        expect(channel.receive(atEdge, spoil(request), rules).kind).toBe(read(spoil(request)).kind);
      }
    }
    const others = channel.options.filter(({ isSecret, isForReceiving }) => isSecret && !isForReceiving);
    for (const { name } of others) expect(JSON.stringify(part)).not.toContain(driver.options[name] ?? name);
  });
  cases.add("I0 wrong options are named, right ones become settings and secrets", () => {
    for (const { options, names } of driver.wrongOptions) {
      const configured = channel.configure({ ...driver.options, ...options });
      expect(configured.ok ? "" : configured.problems.join()).toContain(names);
    }
    for (const { name, isSecret, isRequired } of channel.options) {
      expect(name in (isSecret ? account.settings : account.secrets)).toBe(false);
      if (isRequired) expect(channel.configure({ ...driver.options, [name]: undefined }).ok).toBe(false);
    }
  });
}

/** Positions are given on by their datum's change, so nearly; ids of a message within a chat may stand behind the chat's. */
function expectContent(content: InboundContent, expected: InboundContent): void {
  if (content.kind === "location" && expected.kind === "location") {
    expect(Math.abs(content.position.latitude - expected.position.latitude)).toBeLessThan(1e-5);
    expect(Math.abs(content.position.longitude - expected.position.longitude)).toBeLessThan(1e-5);
    return;
  }
  if (content.kind === "press" && expected.kind === "press") {
    expect(content.press.key).toBe(expected.press.key);
    return;
  }
  if ("platformId" in content && "platformId" in expected) {
    expect(content).toMatchObject({
      ...expected,
      platformId: expect.stringMatching(new RegExp(`(^|_)${expected.platformId}$`)),
    });
    return;
  }
  expect(content).toEqual(expected);
}
