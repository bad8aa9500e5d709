import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { answerLinks } from "../../../db/schema/media.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import type { Phone } from "../../../src/demo/platforms/wechat/phone.ts";
import { LINK_MS } from "../../../src/domain/answer-page/limits.ts";
import { answerDevice, tokenIn } from "../../answer-page.ts";
import { arrived, newest } from "../../arrived.ts";
import { withCase } from "../../journeys/delivery.ts";
import { say, short } from "../../journeys/resident.ts";
import { startService, type TestService } from "../../service.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

let people = 0;
/** A case of D001 with its one-time link. */
async function withLink() {
  people += 1;
  const { phone, number } = await withCase(service, `answer-link-${people}`);
  await say(service, deputy, `网页 ${short(number)}`);
  return { phone, number, token: tokenIn(deputy) };
}

describe("a link", () => {
  it("is used by one of two answers that come at once", async () => {
    const { phone, token } = await withLink();
    const device = answerDevice(service);
    await device.open(token);
    const both = await Promise.all(["甲答复", "乙答复"].map((text) => device.answer({ text })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await service.settled();
    expect(arrived(phone).filter((words) => /[甲乙]答复/.test(words))).toHaveLength(1);
  });

  it("is the same one answer when its page sends it twice at once", async () => {
    const { phone, token } = await withLink();
    const device = answerDevice(service);
    await device.open(token);
    const key = randomUUID();
    const both = await Promise.all([1, 2].map(() => device.answer({ key, text: "同一句答复" })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await service.settled();
    expect(arrived(phone).filter((words) => words.includes("同一句答复"))).toHaveLength(1);
  });

  it.each<[string, string, (given: { number: string; caseId: string }) => Promise<unknown>]>([
    ["its case is closed in chat", "已经办结", ({ number }) => say(service, deputy, `办结 ${short(number)} 亮了`)],
    [
      "its case is given back",
      "不在您手上",
      ({ number }) => say(service, deputy, `退回 ${short(number)} 不是我的网格`),
    ],
    ["its case is sealed", "不在您手上", ({ caseId }) => change(cases, { sealed: true }, eq(cases.id, caseId))],
    ["another link takes its place", "新的那个", ({ number }) => say(service, deputy, `网页 ${short(number)}`)],
    ["its time is over", "过期", async () => service.advance(LINK_MS)],
  ])("ends when %s", async (_name, sentence, end) => {
    const { number, token } = await withLink();
    const caseId = await idOf(number);
    const [opened, unopened] = [answerDevice(service), answerDevice(service)];
    await opened.open(token);
    await end({ number, caseId });
    await service.settled();
    const before = (await service.case(number)).messages.length;
    expect(await opened.answer({ text: "还来得及吗" })).toMatchObject({
      ...{ status: 409, sentence: expect.stringContaining(sentence) },
    });
    expect(await opened.page()).not.toContain("路灯坏了");
    expect(await unopened.open(token)).toMatchObject({ status: 409, sentence: expect.stringContaining(sentence) });
    expect((await service.case(number)).messages).toHaveLength(before);
  });

  it("ends while somebody stands in for its deputy, when the term is over, and when the chat is unbound", async () => {
    const { token } = await withLink();
    const device = answerDevice(service);
    await device.open(token);
    const refused = async () => (await device.answer({ text: "看到了" })).sentence;
    const [me, other] = await inCounty((tx) =>
      tx.select({ id: deputies.id }).from(deputies).orderBy(deputies.code).limit(2),
    );
    const at = (ms: number) => new Date(service.runtime.now().getTime() + ms);
    const away = {
      id: newId(),
      jurisdictionId: service.jurisdiction("qinghe"),
      deputyId: me!.id,
      substituteId: other!.id,
    };
    await inCounty((tx) => tx.insert(absences).values({ ...away, fromAt: at(-1000), untilAt: at(3_600_000) }));
    expect(await refused()).toContain("请假");
    await inCounty((tx) => tx.delete(absences).where(eq(absences.id, away.id)));
    await change(deputies, { untilOn: "2020-01-01" }, eq(deputies.id, me!.id));
    expect(await refused()).toContain("任期");
    await change(deputies, { untilOn: null }, eq(deputies.id, me!.id));
    const chat = eq(conversations.deputyId, me!.id);
    const [bound] = await inCounty((tx) => tx.select({ id: conversations.id }).from(conversations).where(chat));
    await change(conversations, { deputyId: null }, eq(conversations.id, bound!.id));
    expect(await refused()).toContain("不再绑定");
    await change(conversations, { deputyId: me!.id }, eq(conversations.id, bound!.id));
    expect(await device.answer({ text: "看到了" })).toMatchObject({ ok: true });
  });

  it("is never made of a sealed case, and keeps of its token nothing but a keyed hash", async () => {
    const { number } = await withCase(service, "answer-page-sealed");
    await change(cases, { sealed: true }, eq(cases.number, number));
    await say(service, deputy, `网页 ${short(number)}`);
    expect(newest(deputy)).not.toContain("/a/");
    const { token } = await withLink();
    const rows = await inCounty((tx) => tx.select().from(answerLinks));
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

function change<T extends typeof cases | typeof deputies | typeof conversations>(
  table: T,
  values: Record<string, unknown>,
  which: ReturnType<typeof eq>,
) {
  return inCounty((tx) =>
    tx
      .update(table)
      .set(values as never)
      .where(which),
  );
}

async function idOf(number: string): Promise<string> {
  const [row] = await inCounty((tx) => tx.select({ id: cases.id }).from(cases).where(eq(cases.number, number)));
  return row!.id;
}
