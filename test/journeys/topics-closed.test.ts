import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { topics } from "../../db/schema/topics.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { changeTopic, type TopicDeed } from "../../src/casework/lists/change-topic.ts";
import { topicPosterRows } from "../../src/casework/places/topic-posters.ts";
import { lookAfterTopics } from "../../src/casework/topics/look-after.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { commandLine } from "../commands/liaison.ts";
import { todayOf } from "./answers.ts";
import { casesOf, letPass, MINUTE, onlyCase, say, service, short, withService } from "./resident.ts";

let deputy: Phone;
const phones: Phone[] = [];
withService();
beforeAll(async () => {
  deputy = await service.deputy("D001");
  for (const person of ["dark-1", "dark-2", "dark-3"]) {
    phones.push(service.phone(person));
    await say(service, phones.at(-1)!, "柳东村三组路灯不亮");
    await letPass(service, 30 * MINUTE);
  }
  await say(service, deputy, "主题 1 合");
  await letPass(service, 5_000);
});

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
const TOPIC = "T-2026-0001";
const topicNow = async () => (await inCounty((tx) => tx.select().from(topics).where(eq(topics.number, TOPIC))))[0]!;
const OFFICE = { id: "00000000-0000-7000-8000-000000000001", role: "office", stations: [], deputyId: null } as const;
const postersNow = () => inCounty((tx) => topicPosterRows(tx, OFFICE, [`t:${TOPIC}`]));
const closingWords = (phone: Phone) => arrived(phone).filter((text) => text.includes("灯泡都换了"));

async function change(deed: TopicDeed, seen?: string) {
  const { runtime } = service;
  const caller: Caller = {
    ...{ ...OFFICE, kind: "token", name: "林晓", confirmedAt: null },
    jurisdictionId: service.jurisdiction("qinghe"),
  };
  return inCounty(async (tx) => {
    const [{ count } = { count: 0 }] = await tx.execute<{ count: number }>(
      "select count(*)::int as count from acts a join topics t on t.id = a.subject_id where t.number = 'T-2026-0001'",
    );
    const reading = { now: runtime.now(), today: todayOf(service), locale: "zh-CN" } as const;
    return changeTopic({ ...reading, caller, runtime, tx, number: TOPIC, seen: seen ?? `t${count}` }, deed);
  });
}

describe("the code of a topic on a poster", () => {
  it("says how to join, and nothing of who told it; whoever does has a number of their own", async () => {
    const passer = service.phone("passer");
    await passer.scan(`t:${TOPIC}`);
    await service.settled();
    expect(newest(passer)).toContain("回“附议 主题1”");
    for (const phone of phones) expect(arrived(passer).join()).not.toContain((await onlyCase(service, phone)).number);
    expect(arrived(passer).join()).not.toMatch(/路灯|三组|3人/);
    expect(await casesOf(service, passer)).toEqual([]);
    await say(service, passer, "附议 主题1");
    const own = await onlyCase(service, passer);
    await letPass(service, 5_000);
    expect((await onlyCase(service, passer)).topic).toBe(TOPIC);
    expect(newest(passer)).toContain(`您自己的编号是${own.number}`);
    phones.push(passer);
  });

  it("is printed for an open topic of three people or more, and drawn by the command", async () => {
    expect(await postersNow()).toMatchObject([
      { scene: `t:${TOPIC}`, name: expect.stringContaining("路灯"), station: null },
    ]);
    const folder = await mkdtemp(join(tmpdir(), "liaison-topic-qr-"));
    const shell = await commandLine(service.ownerUrl, { WECHAT_API_BASE: service.wechat.url });
    try {
      const out = join(folder, "topic.svg");
      const done = await shell.liaison("qr", `t:${TOPIC}`, "--out", out, "--county", "qinghe");
      expect([done.status, done.err]).toEqual([0, ""]);
      expect(await readFile(out, "utf8")).toContain("<svg");
      const none = await shell.liaison("qr", "t:T-2026-0099", "--out", out, "--county", "qinghe");
      expect(none.status).toBe(1);
    } finally {
      await shell.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("leads nobody to sealed cases, nor to those of two people", async () => {
    const numbers = await Promise.all(phones.map(async (phone) => (await onlyCase(service, phone)).number));
    const seal = (sealed: boolean, some: readonly string[]) =>
      inCounty(async (tx) => {
        for (const number of some) await tx.update(cases).set({ sealed }).where(eq(cases.number, number));
      });
    await seal(true, numbers.slice(0, 2));
    expect(await postersNow()).toEqual([]);
    await seal(true, numbers);
    const late = service.phone("late");
    await late.scan(`t:${TOPIC}`);
    await service.settled();
    expect(newest(late)).not.toContain("附议");
    await seal(false, numbers);
  });
});

describe("a topic that the office closes", () => {
  it("needs to know on whose word it is solved, and how it stands", async () => {
    const text = "灯泡都换了";
    expect(await change({ deed: "close", text, outcome: "solved", claim: null })).toMatchObject({
      code: "claim-needed",
    });
    expect(await change({ deed: "close", text, outcome: "solved", claim: "unit" }, "t0")).toMatchObject({
      why: "faster",
    });
    expect(await topicNow()).toMatchObject({ state: "open" });
  });

  it("closes the case of each, under the own number and once, however often it is cut off; the deputy hears of it once", async () => {
    const before = arrived(deputy).length;
    const done = await change({ deed: "close", text: "灯泡都换了", outcome: "solved", claim: "unit" });
    expect(done).toMatchObject({ etag: expect.any(String) });
    const { database } = service.runtime;
    const real = database.inCounty.bind(database);
    for (let kill = 1; kill < 12; kill += 1) {
      let left = kill;
      const inCountyOnce = (async (id: string, work: never) => {
        if (left === 0) throw new Error("killed");
        left -= 1;
        return real(id, work);
      }) as typeof database.inCounty;
      const dying = { ...service.runtime, database: { ...database, inCounty: inCountyOnce } };
      await lookAfterTopics(dying, service.jurisdiction("qinghe")).catch(() => undefined);
    }
    await letPass(service, 5_000);
    const numbers = await Promise.all(phones.map(async (phone) => (await onlyCase(service, phone)).number));
    for (const [index, phone] of phones.entries()) {
      const own = numbers[index]!;
      expect(closingWords(phone)).toEqual([
        expect.stringContaining(`编号${own}，县人大代表工作机构办结了（按单位说的`),
      ]);
      for (const number of numbers) if (number !== own) expect(arrived(phone).join("\n")).not.toContain(number);
      expect(await onlyCase(service, phone)).toMatchObject({ state: "closed", outcome: "solved" });
      const closed = (await onlyCase(service, phone)).events.filter(({ type }) => type === "closed");
      expect(closed).toMatchObject([{ by: "office:林晓" }]);
    }
    const heard = arrived(deputy).slice(before).join("\n");
    const told = await inCounty((tx) =>
      tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.kind, "deputy-topic"), eq(outbox.state, "delivered"))),
    );
    expect(heard.match(/县人大代表工作机构办结了/g)).toHaveLength(1);
    expect(told.length).toBeGreaterThan(0);
    expect(await topicNow()).toMatchObject({ state: "closed" });
  });

  it("asks each alone whether it is done; its code leads nobody in any more", async () => {
    await say(service, phones[0]!, "1");
    await say(service, phones[1]!, "2");
    await letPass(service, 5_000);
    expect(await onlyCase(service, phones[1]!)).toMatchObject({ open: true });
    expect(await onlyCase(service, phones[0]!)).toMatchObject({
      open: false,
      claims: { resident: { result: "confirmed" } },
    });
    const late = service.phone("after-closing");
    await late.scan(`t:${TOPIC}`);
    await service.settled();
    expect(newest(late)).not.toContain("附议");
    await say(service, late, "附议 主题1");
    expect(await casesOf(service, late)).toEqual([]);
    expect(await postersNow()).toEqual([]);
    expect(await change({ deed: "close", text: "再办一次", outcome: "explained", claim: null })).toMatchObject({
      code: "not-live",
    });
    await say(service, deputy, `列表`);
    expect(newest(deputy)).toContain(`${short((await onlyCase(service, phones[1]!)).number)}号`);
  });

  it("leaves what follows from acts and events as it was", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect((await auditCounty(service.runtime.database, county!)).findings).toEqual([]);
  });
});
