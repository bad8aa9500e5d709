import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { readings } from "../../../db/schema/console.ts";
import type { Phone } from "../../../src/demo/platforms/wechat/phone.ts";
import { LINK_MS, SHOWN_AFTER_MS } from "../../../src/domain/answer-page/limits.ts";
import { answerDevice, tokenIn } from "../../answer-page.ts";
import { arrived, newest } from "../../arrived.ts";
import { withCase } from "../../journeys/delivery.ts";
import { say, short } from "../../journeys/resident.ts";
import { startService, type TestService } from "../../service.ts";

let service: TestService;
let deputy: Phone;
let photo: Buffer;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
  photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#336699" } })
    .withMetadata({ exif: { IFD0: { Copyright: "somebody" } } })
    .jpeg()
    .toBuffer();
});
afterAll(() => service.close());

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

let people = 0;
/** A case of D001 with its one-time link. */
async function withLink() {
  people += 1;
  const { phone, number } = await withCase(service, `answer-page-${people}`);
  await say(service, deputy, `网页 ${short(number)}`);
  return { phone, number, token: tokenIn(deputy) };
}

/** The readings that were written down of a case, oldest first. */
function readingsOf(number: string) {
  return inCounty((tx) =>
    tx
      .select({ who: readings.callerName, role: readings.role, what: readings.what, reason: readings.reason })
      .from(readings)
      .innerJoin(cases, eq(cases.id, readings.caseId))
      .where(eq(cases.number, number))
      .orderBy(readings.seq),
  );
}

describe("a deputy's one-time page", () => {
  it("opens nothing by being looked at, and lets nothing foreign run", async () => {
    const { number, token } = await withLink();
    expect(newest(deputy)).toContain(`http://127.0.0.1/a/qinghe#k=${token}`);
    const looked = await fetch(`${service.url}/a/qinghe`);
    const html = await looked.text();
    expect(looked.status).toBe(200);
    expect(html).toContain("一次性网页");
    expect(html).not.toContain("路灯");
    const policy = looked.headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(looked.headers.get("referrer-policy")).toBe("no-referrer");
    expect(looked.headers.get("cache-control")).toBe("no-store");
    expect(await readingsOf(number)).toEqual([]);
    expect((await answerDevice(service).open(token)).ok).toBe(true);
    expect((await fetch(`${service.url}/a/nobody`)).status).toBe(404);
  });

  it("shows the case masked, takes an answer with photos once, and shows what was sent for a day", async () => {
    const { phone, number, token } = await withLink();
    await say(service, phone, "我叫王秀英，电话13812345678");
    const device = answerDevice(service);
    await device.open(token);
    expect(device.cookie()).toMatch(/^__Host-la=/);
    const html = await device.page();
    expect(html).toContain("路灯坏了");
    expect(html).not.toContain("13812345678");
    const key = randomUUID();
    const text = "电工明天来修，有事打0536-1234567";
    expect(await device.answer({ key, text, photos: [photo, photo] })).toMatchObject({ status: 200, ok: true });
    expect(await device.answer({ key, text, photos: [photo, photo] })).toMatchObject({ status: 200, ok: true });
    await service.settled();
    await service.deliverDue();
    expect(arrived(phone).filter((words) => words.includes("电工明天来修"))).toHaveLength(1);
    const pictures = phone.messages().filter((one) => one.direction === "in" && one.content.kind === "picture");
    expect(pictures).toHaveLength(2);
    expect(newest(deputy)).toContain(`已通过网页答复 ${short(number)}，附2张照片`);
    const sent = await device.page();
    expect(sent).toContain("您发出的答复");
    expect(sent).toContain(text);
    expect(sent).not.toContain("路灯坏了");
    const name = /\/photo\/([0-9a-f-]{36})/.exec(sent)?.[1];
    const picture = await device.get(`/photo/${name}?l=${device.link()}`);
    expect(picture.headers.get("content-security-policy")).toContain("sandbox");
    const { exif } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    expect(exif).toBeUndefined();
    // Another answer by the used link is none, also not by whoever has its device.
    expect(await device.answer({ text: "再来一次" })).toMatchObject({ status: 409, ok: false });
    service.advance(SHOWN_AFTER_MS);
    expect(await device.page()).not.toContain(text);
    expect(await service.case(number)).toMatchObject({ state: "answered" });
  });

  it("closes a case as words in chat do, and ends with it", async () => {
    const { phone, number, token } = await withLink();
    const device = answerDevice(service);
    await device.open(token);
    expect(await device.answer({ act: "close" })).toMatchObject({ status: 400, ok: false });
    expect(await device.answer({ act: "close", text: "换了新灯，亮了" })).toMatchObject({ ok: true });
    await service.settled();
    expect(newest(phone)).toContain("换了新灯，亮了");
    expect(newest(deputy)).toContain(`已通过网页办结 ${short(number)}`);
    expect(await service.case(number)).toMatchObject({ state: "closed", outcome: "solved" });
  });

  it("says on the page what is wrong, with the words still there, also without a script", async () => {
    const { token } = await withLink();
    const device = answerDevice(service);
    await device.open(token);
    const wrong = [
      await device.answer({ act: "", text: "有字" }),
      await device.answer({}),
      await device.answer({ text: "长".repeat(2_001) }),
      await device.answer({ text: "照片", photos: Array.from({ length: 7 }, () => photo) }),
      await device.answer({ text: "照片", photos: [Buffer.from("<svg onload=alert(1)>")] }),
      await device.answer({ text: "有字", key: "1" }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 413, 413, 400, 403]);
    const form = new FormData();
    for (const [name, value] of Object.entries({ key: randomUUID(), l: device.link(), act: "reply", text: " " }))
      form.set(name, value);
    const html = await fetch(`${service.url}/a/qinghe/answer`, {
      ...{ method: "POST", body: form, headers: { cookie: device.cookie() ?? "", origin: service.url } },
    });
    expect(html.status).toBe(400);
    const page = await html.text();
    expect(page).toContain("还没写答复");
    expect(page).toContain('value="reply" required checked');
  });

  it("writes every opening down, also those that it refuses", async () => {
    const { number, token } = await withLink();
    await answerDevice(service).open(token);
    await answerDevice(service).open(token);
    service.advance(LINK_MS);
    await answerDevice(service).open(token);
    expect(await readingsOf(number)).toEqual(
      ["answer-page", "answer-page-other-device", "answer-page-ended"].map((reason) => ({
        ...{ who: "deputy:D001", role: "deputy", what: "case", reason },
      })),
    );
  });
});

describe("whoever is not the deputy", () => {
  it("opens nothing with a link that was forwarded after it was opened; its chat is told, once", async () => {
    const { number, token } = await withLink();
    const own = answerDevice(service);
    const key = randomUUID();
    expect((await own.open(token, key)).ok).toBe(true);
    // The answer was lost on its way: the same page asks again.
    expect((await own.open(token, key)).ok).toBe(true);
    const other = answerDevice(service);
    for (let times = 0; times < 3; times += 1)
      expect(await other.open(token)).toMatchObject({ status: 403, sentence: expect.stringContaining("另一部手机") });
    expect(other.cookie()).toBeNull();
    await service.settled();
    expect(arrived(deputy).filter((words) => words.includes(`另一部手机上打开${short(number)}号`))).toHaveLength(1);
    expect(await own.answer({ text: "看到了" })).toMatchObject({ ok: true });
  });

  it("gets one answer to every token that is none, another account's, or misspelt", async () => {
    const { token } = await withLink();
    const wrong = await answerDevice(service).open("A".repeat(27));
    expect(wrong.status).toBe(403);
    expect(await answerDevice(service, "baishi").open(token)).toEqual(wrong);
    expect(await answerDevice(service).open(`${token.slice(0, -1)}_`)).toEqual(wrong);
    expect(await answerDevice(service).open("")).toEqual(wrong);
  });

  it("sees and answers nothing by the id of a link, a cookie of another link, or one that is forged", async () => {
    const [first, second] = [await withLink(), await withLink()];
    const [one, two] = [answerDevice(service), answerDevice(service)];
    await one.open(first.token);
    await two.open(second.token);
    expect(await one.answer({ link: two.link(), text: "冒充" })).toMatchObject({ status: 403, ok: false });
    expect(await (await one.get(`?l=${two.link()}`)).text()).not.toContain("路灯坏了");
    const forged = await fetch(`${service.url}/a/qinghe?l=${two.link()}`, {
      headers: { cookie: `__Host-la=${two.link()}@${Date.now().toString(36)}!AAAA` },
    });
    expect(await forged.text()).not.toContain("路灯坏了");
    expect(await two.answer({ text: "我自己的" })).toMatchObject({ ok: true });
  });

  it("sends nothing from another site", async () => {
    const { token } = await withLink();
    const send = (headers: Record<string, string>) =>
      fetch(`${service.url}/a/qinghe/open`, {
        ...{ method: "POST", body: new URLSearchParams({ token, key: randomUUID() }), redirect: "manual", headers },
      });
    const foreign: Record<string, string>[] = [{ origin: "https://elsewhere.example" }, { origin: "null" }, {}];
    for (const headers of foreign) expect((await send(headers)).status).toBe(403);
    expect((await send({ origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(303);
  });
});
