import { afterAll, beforeAll, expect, it } from "vitest";
import type { ChannelAccount } from "../../src/channels/channel.ts";
import { receivingPart } from "../../src/channels/receiving.ts";
import { channelOf, platforms } from "../../src/channels/registry.ts";
import type { SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../src/demo/platforms/feishu.ts";
import { startSms } from "../../src/demo/platforms/sms.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { startWechat } from "../../src/demo/platforms/wechat.ts";
import { wechatPlatform } from "../../src/demo/platforms/wechat-platform.ts";
import { startWechaty } from "../../src/demo/platforms/wechaty.ts";
import { startWecom } from "../../src/demo/platforms/wecom.ts";
import { startWecomCustomer } from "../../src/demo/platforms/wecom-customer.ts";
import { type TcpProxy, tcpProxy } from "../tcp-proxy.ts";
import { type Origin, startOrigin } from "./origin.ts";
import { startEdge, type TestEdge } from "./worker.ts";

const WORDS = "柳东村路灯坏了";

/** A platform with something that it tells: `isSpoken` where that is somebody's words. */
type Tried = {
  readonly platform: SimulatedPlatform;
  readonly isSpoken: boolean;
  tell(): Promise<{ readonly accepted: boolean }>;
};

const spoken = (platform: SimulatedPlatform): Tried => ({
  ...{ platform, isSpoken: true },
  tell: () => platform.phone("suite", "1001").say(WORDS),
});

/** The simulated platform of every channel that has a webhook. */
const PLATFORMS: Readonly<Record<string, () => Promise<Tried>>> = {
  "wechat-official": async () => spoken(wechatPlatform(await startWechat({ accounts: [], retryAfterMs: 50 }))),
  wecom: async () => spoken(await startWecom()),
  "wecom-customer": async () => spoken(await startWecomCustomer()),
  wechaty: async () => spoken(await startWechaty()),
  telegram: async () => spoken(await startTelegram()),
  feishu: async () => spoken(await startFeishu()),
  sms: async () => {
    const platform = await startSms();
    return {
      ...{ platform, isSpoken: false },
      tell: async () => ({ accepted: await platform.report("suite", "1001", true, "") }),
    };
  },
};

let origin: Origin;
let way: TcpProxy;
let edge: TestEdge;
const opened = new Map<string, { readonly tried: Tried; readonly account: ChannelAccount }>();
beforeAll(async () => {
  origin = await startOrigin();
  // Platforms are told an address before the edge knows their accounts.
  way = await tcpProxy(9);
  for (const [type, start] of Object.entries(PLATFORMS)) {
    const tried = await start();
    const options = await tried.platform.openAccount("suite", `http://127.0.0.1:${way.port}/webhooks/${type}/suite`);
    const configured = channelOf(type)!.configure(options);
    if (!configured.ok) throw new Error(configured.problems.join(" "));
    const { settings, secrets } = configured;
    opened.set(type, {
      tried,
      account: { id: "a", jurisdictionId: "j", channel: type, name: "suite", settings, secrets },
    });
  }
  const parts = [...opened].map(([type, { account }]) => [`${type}/suite`, receivingPart(channelOf(type)!, account)]);
  edge = await startEdge({ ORIGIN: origin.url, ACCOUNTS: JSON.stringify(Object.fromEntries(parts)) });
  way.retarget(Number(new URL(edge.url).port));
});
afterAll(async () => {
  await edge.close();
  await way.close();
  for (const { tried } of opened.values()) await tried.platform.close();
  await origin.close();
});

it("every channel that has a webhook is tried here", () => {
  // What we stay connected to needs no edge.
  const types = platforms
    .filter(({ pageOf, live }) => pageOf === undefined && live === undefined)
    .map(({ type }) => type);
  expect(Object.keys(PLATFORMS).toSorted()).toEqual(types.toSorted());
});

it.each(Object.keys(PLATFORMS))(
  "%s is received at the edge, and what is handed over reads as what was said",
  async (type) => {
    const { tried, account } = opened.get(type)!;
    const before = origin.taken.length;
    expect(await tried.tell()).toMatchObject({ accepted: true });
    await expect.poll(() => origin.taken.length).toBeGreaterThan(before);
    const handed = origin.taken[before]!;
    const headers = new Headers(handed.headers);
    const result = channelOf(type)!.receive(
      account,
      {
        method: handed.method,
        query: new URLSearchParams(handed.query),
        header: (name) => headers.get(name),
        body: "body" in handed ? Buffer.from(handed.body) : Buffer.from(handed.base64, "base64"),
      },
      { now: new Date(handed.at), maxAgeSeconds: 300 },
    );
    if (result.kind !== "received") throw new Error(`what was handed over is ${result.kind}`);
    // Where a platform only says that something lies ready, that is handed over.
    const { messages, nudges } = result;
    expect(messages.length + nudges.length).toBeGreaterThan(0);
    const texts = messages.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
    expect(texts).toEqual(tried.isSpoken && nudges.length === 0 ? [WORDS] : []);
  },
);
