import { request } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/outbox.ts";
import { sign } from "../../src/demo/platforms/wechat/envelope.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { post } from "./callback.ts";
import { outgoingOf, shownOf, withCase } from "./delivery.ts";
import { expectEveryMessageEnded, HOUR, onlyCase, outcomesOf, SECOND, say, short, since, wait } from "./resident.ts";

type Options = NonNullable<Parameters<typeof startService>[0]>;

let service: TestService;
let deputy: Phone;
function serve(options: Options): void {
  beforeAll(async () => {
    service = await startService({ replies: "passive", kind: "unverified-service", ...options });
    deputy = await service.deputy("D001");
  });
  afterAll(() => service.close());
  afterEach(async () => {
    await expectEveryMessageEnded(service);
    expect(calls("/cgi-bin/message/")).toEqual([]);
  });
}

const calls = (path: string) =>
  service.wechat.log().filter((entry) => entry.kind === "call" && entry.path.startsWith(path));
const reply = (number: string, text: string) => say(service, deputy, `回复 ${short(number)} ${text}`);

const VARIANTS: [string, Options][] = [
  ["plain", "xml"],
  ["plain", "json"],
  ["compat", "xml"],
  ["safe", "xml"],
  ["safe", "json"],
].map(([mode, format]) => [`${mode} mode with ${format}`, { mode, format } as Options]);

describe.each(VARIANTS)("an account that can only answer, in %s", (_name, options) => {
  serve(options);

  it("carries the whole matter in its answers, without one call of the platform's API", async () => {
    const { phone, number } = await withCase(service, "lamp");
    expect(newest(phone)).toContain(number);
    expect(phone.messages().at(-1)).toMatchObject({ rung: "passive" });
    expect(await shownOf(service, number)).toEqual(["receipt delivered"]);

    await say(service, deputy, "列表");
    expect(newest(deputy)).toContain("路灯坏了");
    await reply(number, "明天来修");
    await reply(number, "后天复查");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply waiting", "reply waiting"]);
    expect(arrived(phone).join()).not.toContain("明天来修");
    await wait(service, 72 * HOUR);

    await say(service, phone, "进度");
    expect(newest(phone)).toMatch(/明天来修.*后天复查.*路灯/s);
    await say(service, deputy, `办结 ${short(number)} 换好了`);
    expect((await shownOf(service, number)).slice(1)).toEqual([
      "reply delivered",
      "reply delivered",
      "closure waiting",
    ]);
    await say(service, phone, "在吗");
    expect(newest(phone)).toMatch(/换好了.*1.*满意.*2/s);
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: 5 });
    expect((await shownOf(service, number)).every((shown) => shown.endsWith("delivered"))).toBe(true);
    expect(calls("/")).toEqual([]);
  });

  it("tells whoever scans its code, follows it, or comes back", async () => {
    const { phone, number } = await withCase(service, "comes-back");
    await reply(number, "修好了");
    await phone.unfollow();
    await service.settled();
    await phone.scan("g:柳东-2");
    await service.settled();
    expect(arrived(phone).join("\n")).toContain("修好了");
    expect((await shownOf(service, number)).at(-1)).toBe("reply delivered");
  });
});

describe("a chat that becomes another deputy's", () => {
  serve({});

  it("is not answered with what waits for the one before, who gets it in their next chat", async () => {
    await withCase(service, "before");
    await say(service, deputy, `绑定 ${await service.invite("D003")}`);
    expect(newest(deputy)).toContain("赵德明");
    await say(service, deputy, "列表");
    await say(service, deputy, "帮助");
    expect(arrived(deputy).join("\n")).not.toContain("路灯坏了");
    const next = service.phone("next-chat");
    await say(service, next, `绑定 ${await service.invite("D001")}`);
    expect(arrived(next).join("\n")).toContain("路灯坏了");
  });
});

describe("a recording for a deputy whose chat takes words alone", () => {
  serve({});

  it("is not sent; they read where it can be heard", async () => {
    await service.phone("speaker").sendVoice(Buffer.from("#!AMR"), "柳东村二组路灯坏了六盏");
    await service.settled();
    await say(service, deputy, "列表");
    expect(arrived(deputy).join("\n")).toMatch(
      /1号附1段录音，这里显示不了。请打开网页看：\n\S+\/a\/qinghe#k=[\w-]{27}\n/,
    );
    expect((await outgoingOf(service, deputy)).map(({ kind }) => kind)).not.toContain("photo");
  });
});

describe("an answer that leaves with a request", () => {
  serve({ mode: "plain" });

  const body = (phone: Phone, msgId: number, text: string) =>
    `<xml><ToUserName>gh</ToUserName><FromUserName>${phone.openid}</FromUserName><CreateTime>1790000000</CreateTime><MsgType>text</MsgType><MsgId>${msgId}</MsgId><Content>${text}</Content></xml>`;
  const send = async (phone: Phone, msgId: number, text: string): Promise<string> => {
    const [status, answer] = await post(service.wechat.account("qinghe"), body(phone, msgId, text), {
      now: service.runtime.now(),
    });
    expect(status).toBe(200);
    await service.settled();
    return /<Content><!\[CDATA\[(.*)\]\]><\/Content>/s.exec(answer)?.[1] ?? answer;
  };

  it("is the same for every repeat of the request, and counts once", async () => {
    const { phone, number } = await withCase(service, "repeat");
    await reply(number, "明天来修");
    const first = await send(phone, 11, "进度");
    expect(first).toContain("明天来修");
    expect(await send(phone, 11, "进度")).toBe(first);
    await reply(number, "后天复查");
    expect(await send(phone, 11, "进度")).toBe(first);
    expect((await shownOf(service, number)).slice(1)).toEqual(["reply delivered", "reply waiting"]);
    expect(await send(phone, 12, "帮助")).toContain("后天复查");
    expect(await outcomesOf(service, phone)).toEqual(["case", "command", "command"]);
  });

  it("carries once more what an earlier one may not have brought", async () => {
    const { phone, number } = await withCase(service, "unseen");
    await reply(number, "明天来修");
    await send(phone, 15, "进度");
    const unseen = { state: "uncertain", repeatsLeft: 1 } as const;
    await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.update(outbox).set(unseen).where(eq(outbox.kind, "reply")),
    );
    expect((await shownOf(service, number)).at(-1)).toBe("reply uncertain");
    const again = await send(phone, 16, "帮助");
    expect(again).toMatch(/可能已经收到过.*明天来修/s);
    expect(await send(phone, 16, "帮助")).toBe(again);
    expect((await shownOf(service, number)).at(-1)).toBe("reply delivered");
    expect(await send(phone, 17, "帮助")).not.toContain("明天来修");
  });

  it("is the same for requests that come at the same moment", async () => {
    const { phone, number } = await withCase(service, "same-moment");
    await reply(number, "明天来修");
    const answers = await Promise.all([send(phone, 21, "进度"), send(phone, 21, "进度"), send(phone, 21, "进度")]);
    expect(answers.filter((answer) => answer.includes("明天来修"))).toHaveLength(3);
    expect(new Set(answers).size).toBe(1);
  });

  it("carries a long text over several contacts, in order; a late repeat gets its own piece again", async () => {
    const { phone, number } = await withCase(service, "pieces");
    const words = Array.from({ length: 70 }, (_, index) => `【${100 + index}】我们一起看了这段路的灯杆线路和控制箱。`);
    await reply(number, words.join(""));
    await reply(number, "就这些");
    const given: string[] = [];
    for (let contact = 0; contact < 3; contact += 1) given.push(await send(phone, 30 + contact, "进度"));
    expect(
      given
        .slice(0, 3)
        .join("")
        .match(/【\d{3}】/g),
    ).toEqual(words.map((word) => word.slice(0, 5)));
    expect(await send(phone, 30, "进度")).toBe(given[0]);
    expect(await send(phone, 31, "进度")).toBe(given[1]);
    expect(await send(phone, 39, "进度")).toMatch(/就这些.*路灯/s);
    expect((await shownOf(service, number)).slice(1)).toEqual(["reply delivered", "reply delivered"]);
  });

  it("keeps its order when two messages come at once", async () => {
    const { phone, number } = await withCase(service, "two-at-once");
    const words = Array.from({ length: 60 }, (_, index) => `【${100 + index}】我们一起看了这段路的灯杆线路和控制箱。`);
    await reply(number, words.join(""));
    await reply(number, "就这些");
    const given = await Promise.all([send(phone, 41, "进度"), send(phone, 42, "帮助"), send(phone, 43, "进度")]);
    given.push(await send(phone, 44, "帮助"));
    const pieces = given.filter((answer) => /【/.test(answer));
    expect(
      pieces
        .join("")
        .match(/【\d{3}】/g)
        ?.toSorted(),
    ).toEqual(words.map((word) => word.slice(0, 5)));
    expect(given.filter((answer) => answer.includes("就这些"))).toHaveLength(1);
    expect((await shownOf(service, number)).slice(1)).toEqual(["reply delivered", "reply delivered"]);
  });

  /** Asks, and hangs up as soon as the message is stored. */
  async function hangUp(phone: Phone, msgId: number, text: string): Promise<void> {
    const account = service.wechat.account("qinghe");
    const timestamp = String(Math.floor(service.runtime.now().getTime() / 1000));
    const nonce = String(msgId);
    const url = new URL(account.webhookUrl);
    url.search = new URLSearchParams({
      timestamp,
      nonce,
      signature: sign(account.token, timestamp, nonce),
    }).toString();
    const received = (await outcomesOf(service, phone)).length;
    const call = request(url, { method: "POST" });
    call.on("error", () => undefined);
    call.end(body(phone, msgId, text));
    await expect.poll(async () => (await outcomesOf(service, phone)).length, { interval: 1 }).toBe(received + 1);
    call.destroy();
  }

  it("that was not taken goes with the platform's repeat, at the same piece", async () => {
    const { phone, number } = await withCase(service, "hung-up");
    const words = Array.from({ length: 70 }, (_, index) => `【${100 + index}】我们一起看了这段路的灯杆线路和控制箱。`);
    await reply(number, words.join(""));
    const given = [await send(phone, 51, "进度")];
    await hangUp(phone, 52, "进度");
    given.push(await send(phone, 52, "进度"), await send(phone, 53, "进度"));
    expect(given.join("").match(/【\d{3}】/g)).toEqual(words.map((word) => word.slice(0, 5)));
    expect((await shownOf(service, number)).at(-1)).toBe("reply delivered");
    expect(await send(phone, 52, "进度")).toBe(given[1]);
  });

  it("reaches a deputy for whom many photos wait that such an account cannot send", async () => {
    const { phone, number } = await withCase(service, "many-photos");
    for (let photo = 0; photo < 21; photo += 1) await phone.sendPhoto(Buffer.from([0xff, 0xd8, 0xff, photo]));
    await service.settled();
    await say(service, deputy, "列表");
    await say(service, phone, "催办");
    const before = arrived(deputy).length;
    await say(service, deputy, short(number));
    expect(since(deputy, before)).toContain("路灯");
    expect((await onlyCase(service, phone)).number).toBe(number);
  }, 40_000);
});

describe("an account without the customer-service interface that was added as one that has it", () => {
  beforeAll(async () => {
    service = await startService({ kind: "unverified-service" });
  });
  afterAll(() => service.close());

  it("delivers nothing at first, and says of each message why; when it is told so again, all hear from it when they write", async () => {
    const { phone, number } = await withCase(service, "unverified");
    expect(arrived(phone)).toEqual([]);
    expect(await shownOf(service, number)).toEqual(["receipt waiting"]);
    for (const row of await outgoingOf(service, phone)) expect(row.reason).toContain("48001");
    await wait(service, 31 * SECOND);
    await say(service, phone, "进度");
    expect(newest(phone)).toMatch(new RegExp(`${number}.*路灯`, "s"));
    const after = await withCase(service, "unverified-after");
    expect(newest(after.phone)).toContain(after.number);
    expect(await shownOf(service, after.number)).toEqual(["receipt delivered"]);
  });
});
