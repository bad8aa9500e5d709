import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { ChannelAccount, Sender, SendOutcome } from "../../../src/channels/channel.ts";
import type { Phone, PlatformFault, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import type { Outbound, OutboundContent } from "../../../src/domain/messages/message.ts";
import type { Cases } from "./cases.ts";
import { accountWith, callbackServer, closedPort, type Driver, NOW, senderAt } from "./driver.ts";

const PERSON = "1001";
const FIVE_HOURS = 18_000;
const MINUTE_MS = 60_000;
/** Messages to one address in a minute. */
const SELDOM = 10;
const LONG = Array.from({ length: 400 }, (_, index) => `第${index + 1}句说的是路灯👨‍👩‍👧坏了。`).join("");
const UNCERTAIN: readonly PlatformFault["kind"][] = ["accept-then-reset", "garbled", "http-502", "accept-then-502"];

const CONTENTS: Readonly<Record<keyof Driver["calls"], OutboundContent>> = {
  text: { kind: "text", text: "已收到，编号12" },
  choices: {
    kind: "choices",
    text: "是哪里？",
    choices: [
      { id: "1", label: "柳东村" },
      { id: "2", label: "柳西村" },
    ],
    closing: "回数字就行",
  },
  card: {
    kind: "card",
    title: "新的群众意见 12",
    facts: [["地点", "柳东村"]],
    words: "路灯坏了",
    text: "编号12：路灯坏了",
    actions: [{ key: "r_12", label: "答复", style: "primary" }],
  },
  media: {
    ...{ kind: "media", form: "image", bytes: Buffer.from("\u0089PNG!", "latin1"), contentType: "image/png" },
    ...{ fileName: "灯.png", caption: "" },
  },
  notice: { kind: "notice", fields: { number: "2026-000012", summary: "路灯", deputy: "王建国", date: "2026-12-01" } },
};

/** The part of the suite about what goes out: one account, by real HTTP to the simulated platform. */
export function outboundCases(cases: Cases, driver: Driver): void {
  const { channel } = driver;
  const ANN = { kind: "person", id: driver.personId?.(PERSON) ?? PERSON } as const;
  let platform: SimulatedPlatform;
  let account: ChannelAccount;
  let server: Awaited<ReturnType<typeof callbackServer>>;
  let phone: Phone;
  let now = NOW;
  let keys = 0;
  const outcomes: unknown[] = [];

  beforeAll(async () => {
    platform = await driver.startPlatform(() => now);
    server = await callbackServer(
      channel,
      () => account,
      () => now,
    );
    account = accountWith(channel, await platform.openAccount("suite", server.url));
    phone = platform.phone("suite", PERSON);
    await phone.open(null);
  });
  afterEach(() => platform.clearFaults());
  afterAll(async () => {
    await platform.close();
    await server.close();
  });

  const open = (options: { readonly apiBase?: string; readonly timeoutMs?: number } = {}): Sender =>
    senderAt(channel, account, options.apiBase ?? platform.url, {
      now: () => now,
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    });
  const outbound = (content: OutboundContent): Outbound => ({ ...content, key: `suite0000000000000000_${++keys}` });
  const send = async (sender: Sender, content: OutboundContent = CONTENTS.text): Promise<SendOutcome> => {
    // Where one address is written to seldom, whoever writes waits between.
    if (sender.abilities.pace.perAddressPerMinute < SELDOM) now = new Date(now.getTime() + MINUTE_MS + 1000);
    return sendNow(sender, content);
  };
  const sendNow = async (sender: Sender, content: OutboundContent): Promise<SendOutcome> => {
    // Where only a contact allows it, the person makes one.
    if (sender.abilities.window === "after-contact") await phone.say("在吗");
    const outcome = await sender.send("direct", ANN, outbound(content));
    outcomes.push(outcome);
    return outcome;
  };
  const calls = () => platform.log().filter((entry) => entry.kind === "call" && entry.path.endsWith(driver.sendPath));
  const fail = (fault: Partial<PlatformFault> & Pick<PlatformFault, "kind">) =>
    platform.fail({ path: driver.sendPath, times: 1, ...fault });

  cases.add("O1 each content is the call that the platform expects", async () => {
    for (const kind of ["text", "choices", "card", "media"] as const) {
      const expected = driver.calls[kind];
      if (expected === undefined) continue;
      const before = platform.log().length;
      expect(await send(open(), CONTENTS[kind])).toMatchObject({ outcome: "delivered" });
      const made = platform
        .log()
        .slice(before)
        .filter((entry) => entry.kind === "call" && entry.person === PERSON);
      expect(made.at(-1)?.request).toEqual(expected);
    }
  });
  cases.add("O2 what the channel lacks goes as plain words, numbered", async () => {
    const labels = Array.from({ length: 30 }, (_, index) => `第${index + 1}个村子`);
    const choices = labels.map((label, index) => ({ id: String(index + 1), label }));
    expect(await send(open(), { kind: "choices", text: "哪个？", choices, closing: "" })).toMatchObject({
      outcome: "delivered",
    });
    const shown = phone.lines().at(-1)!.text;
    for (const [index, label] of labels.entries()) expect(shown).toContain(`${index + 1}. ${label}`);
    if (open().abilities.cards === null) {
      expect(await send(open(), CONTENTS.card)).toMatchObject({ outcome: "delivered" });
      expect(phone.lines().at(-1)!.text).toContain("编号12：路灯坏了");
    }
  });
  cases.add("O3 pieces joined are the text, each is taken, and no grapheme is cut", async () => {
    const sender = open();
    const pieces = sender.split(LONG);
    expect(pieces.join("")).toBe(LONG);
    const graphemes = (text: string) => [...new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(text)].length;
    expect(pieces.map(graphemes).reduce((one, other) => one + other, 0)).toBe(graphemes(LONG));
    const before = phone.lines().length;
    for (const text of pieces)
      expect(await send(sender, { kind: "text", text })).toMatchObject({ outcome: "delivered" });
    const arrived = phone
      .lines()
      .slice(before)
      .filter(({ by, text }) => by === "service" && text.includes("句说的是"));
    expect(arrived.map(({ text }) => text).join("")).toBe(LONG);
  });
  cases.add("O4 HTTP 200 with an error code is an error, and nothing is delivered", async () => {
    const [first] = driver.errors;
    platform.fail(first!.fault);
    expect((await send(open())).outcome).not.toBe("delivered");
  });
  cases.add("O5 each class of the platform's errors is what it means", async () => {
    for (const { fault, expect: expected } of driver.errors) {
      platform.clearFaults();
      platform.fail(fault);
      expect(await send(open())).toMatchObject(expected);
    }
  });
  cases.add("O6 partly refused is no delivery", async (nothing) => {
    if (driver.partlyRefused === undefined) return nothing();
    for (const { fault, expect: expected } of driver.partlyRefused) {
      platform.clearFaults();
      platform.fail(fault);
      expect(await send(open())).toMatchObject(expected);
    }
  });
  cases.add("O7 what certainly did not leave is tried again", async () => {
    expect(await send(open({ apiBase: await closedPort() }))).toMatchObject({ outcome: "retry" });
    expect(await send(open({ apiBase: "http://no-such-host.invalid" }))).toMatchObject({ outcome: "retry" });
  });
  cases.add("O8 what may have arrived is uncertain", async () => {
    for (const kind of UNCERTAIN) {
      fail({ kind });
      expect(await send(open())).toMatchObject({ outcome: "uncertain" });
    }
    fail({ kind: "accept-then-hang", delayMs: 2000 });
    expect(await send(open({ timeoutMs: 300 }))).toMatchObject({ outcome: "uncertain" });
  });
  cases.add("O9 a platform that failed by itself is tried again", async () => {
    fail({ kind: "http-500" });
    expect(await send(open())).toMatchObject({ outcome: "retry" });
  });
  cases.add("O10 a limit of hours is kept, and not waited for", async () => {
    const sender = open();
    fail({ kind: "rate-limit", seconds: FIVE_HOURS });
    const outcome = await send(sender);
    const at = now.getTime();
    expect(outcome).toMatchObject({ outcome: "retry", afterMs: expect.any(Number) });
    const before = calls().length;
    expect(await send(sender)).toMatchObject({ outcome: "retry" });
    expect(calls()).toHaveLength(before);
    const until = sender.pause()?.until.getTime() ?? 0;
    expect(until - at).toBe(outcome.outcome === "retry" ? outcome.afterMs : 0);
    now = new Date(until + 1000);
    expect(await send(sender)).toMatchObject({ outcome: "delivered" });
  });
  cases.add("O11 our own pace to one address is kept, and nothing above it is lost", async (nothing) => {
    const sender = open();
    const most = sender.abilities.pace.perAddressPerMinute;
    if (!Number.isFinite(most)) return nothing();
    // Beyond what the platform remembers of the cases before.
    now = new Date(now.getTime() + 3_600_000);
    const shown = () => phone.lines().filter(({ by }) => by === "service").length;
    const before = shown();
    const ends = await Promise.all(Array.from({ length: most + 15 }, () => sendNow(sender, CONTENTS.text)));
    expect(ends.filter(({ outcome }) => outcome === "delivered")).toHaveLength(most);
    expect(shown() - before).toBe(most);
    const later = ends.filter((end) => end.outcome === "retry");
    expect(later).toHaveLength(15);
    for (const end of later) expect(end).toMatchObject({ scope: "address" });
    now = new Date(now.getTime() + 61_000);
    expect(await send(sender)).toMatchObject({ outcome: "delivered" });
  });
  cases.add("O12 a token is fetched once by many, and renewed once", async (nothing) => {
    if (driver.token === undefined) return nothing();
    const { path, refused } = driver.token;
    const asked = () => platform.log().filter((entry) => entry.kind === "call" && entry.path === path).length;
    const sender = open();
    if (sender.abilities.window === "after-contact") await phone.say("在吗");
    const before = asked();
    await Promise.all(Array.from({ length: 20 }, () => sender.send("direct", ANN, outbound(CONTENTS.text))));
    expect(asked() - before).toBe(1);
    platform.fail(refused);
    now = new Date(now.getTime() + 61_000);
    expect(await send(sender)).toMatchObject({ outcome: "delivered" });
    expect(asked() - before).toBe(2);
    platform.fail({ ...refused, times: 2 });
    expect((await send(sender)).outcome).not.toBe("delivered");
    expect(asked() - before).toBeLessThanOrEqual(3);
  });
  cases.add("O13 a wrong secret blocks the account", async () => {
    const wrong = accountWith(channel, { ...account.settings, ...account.secrets, ...driver.wrongSecret });
    const sender = senderAt(channel, wrong, platform.url, { now: () => now });
    expect(await send(sender)).toMatchObject({ outcome: "refused", blocks: "account" });
  });
  cases.add("O14 what is not ours any more does not leave", async () => {
    const before = calls().length;
    const sender = open();
    expect(await sender.send("direct", ANN, outbound(CONTENTS.text), () => false)).toMatchObject({ outcome: "retry" });
    expect(calls()).toHaveLength(before);
  });
  cases.add("O15 a refusal that is none of the person's does not block them", async (nothing) => {
    if (driver.notBlocked === undefined) return nothing();
    platform.fail(driver.notBlocked);
    const outcome = await send(open());
    expect(outcome.outcome === "refused" ? outcome.blocks : outcome.outcome).not.toBe("person");
  });
  cases.add("O16 no secret stands in what is said of any call", async () => {
    const told = JSON.stringify(outcomes);
    for (const secret of [...Object.values(account.secrets), ...Object.values(driver.wrongSecret)]) {
      expect(told).not.toContain(secret);
    }
    expect(outcomes.length).toBeGreaterThan(10);
  });
}
