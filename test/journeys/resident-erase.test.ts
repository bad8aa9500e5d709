import { asc, eq, isNotNull, sql } from "drizzle-orm";
import sharp from "sharp";
import { v7 as newId } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { caseMessages, cases } from "../../db/schema/cases.ts";
import { caseNotes } from "../../db/schema/console.ts";
import { inbox } from "../../db/schema/conversations.ts";
import { media } from "../../db/schema/media.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { keyPurpose } from "../../src/casework/cases/thread.ts";
import { readPayload } from "../../src/casework/inbox/payload.ts";
import { correctCategory } from "../../src/casework/office/category-corrections.ts";
import { mergeCases } from "../../src/casework/office/merge-cases.ts";
import { contentOf } from "../../src/casework/outbox/content.ts";
import { openTurn } from "../../src/casework/turn/open-turn.ts";
import { finishTurn } from "../../src/casework/turn/turn.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { newest } from "../arrived.ts";
import { casesOf, DAY, letPass, MINUTE, say, service, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

async function withCase(person: string, text: string): Promise<{ phone: Phone; number: string }> {
  const phone = service.phone(person);
  await say(service, phone, text);
  await wait(service, 5 * MINUTE);
  return { phone, number: (await casesOf(service, phone))[0]!.number };
}

const photos = () => service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) => tx.select().from(media));

/** All words that the county's tables hold, opened. */
async function allWords(): Promise<string> {
  const { runtime } = service;
  return service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const threads = await tx.select({ text: caseMessages.text, original: caseMessages.original }).from(caseMessages);
    const came = await tx.select().from(inbox).orderBy(asc(inbox.seq));
    const left = await tx.select().from(outbox).orderBy(asc(outbox.seq));
    return JSON.stringify([
      threads.map((row) => [row.text, row.original === null]),
      came.map((row) => readPayload(runtime.vault, row).content),
      left.map((row) => contentOf(runtime, row)),
    ]);
  });
}

/** The wrapped key of a case, and the originals sealed with it. */
async function sealedOf(number: string): Promise<{ key: Uint8Array; originals: Uint8Array[] }> {
  return service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const [one] = await tx.select().from(cases).where(eq(cases.number, number));
    const rows = await tx
      .select({ original: caseMessages.original })
      .from(caseMessages)
      .where(sql`${caseMessages.caseId} = ${one!.id} and ${isNotNull(caseMessages.original)}`);
    return { key: one!.keyWrapped, originals: rows.map((row) => row.original!) };
  });
}

/** In which tables of the database some bytes lie. */
async function tablesWith(bytes: Uint8Array): Promise<string[]> {
  return service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const tables = await tx.execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const like = `%${Buffer.from(bytes).toString("hex")}%`;
      const rows = await tx.execute(
        sql`select 1 from ${sql.identifier(name)} one where one::text like ${like} limit 1`,
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  });
}

/** The tables that name a case and keep their rows of it: what happened, by codes and days, and words that are erased in place. */
const KEPT = [
  "answer_links",
  "answer_uses",
  "case_acts",
  "case_bars",
  "case_clocks",
  "case_events",
  "case_links",
  "case_messages",
  "decisions",
  "handovers",
  "petition_notices",
  "duty_tellings",
  "inbox",
  "outbox",
  "readings",
  "unseal_proposals",
];
const EMPTIED = [
  ...["audience", "case_followers", "case_notes", "case_people", "case_words", "category_corrections", "phone_tasks"],
  "text_sketches",
  "trouble_marks",
];

/** In which tables rows of a case lie, of all that have a column for one. */
async function tablesOfCase(caseId: string): Promise<{ all: string[]; filled: string[] }> {
  return service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.attname = 'case_id' and c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      order by 1`);
    const filled: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.execute(sql`select 1 from ${sql.identifier(name)} where case_id::text = ${caseId} limit 1`);
      if (rows.length > 0) filled.push(name);
    }
    return { all: tables.map(({ name }) => name), filled };
  });
}

describe("删除我的数据", () => {
  it("leaves of a case only what happened: notes, corrections and the index of its words go with it", async () => {
    const { phone, number } = await withCase("erase-tables", "柳东村一组晒场的灯杆歪了");
    await say(service, deputy, `办结 ${Number(number.slice(5))} 扶正了`);
    const county = service.jurisdiction("qinghe");
    const { runtime } = service;
    expect(await correctCategory(runtime, county, { number, category: null, by: "何丽" })).toMatchObject({ ok: true });
    const id = await runtime.database.inCounty(county, async (tx) => {
      const [one] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.number, number));
      const note = Buffer.from("写给自己看的");
      await tx
        .insert(caseNotes)
        .values({ id: newId(), jurisdictionId: county, caseId: one!.id, note, by: "何丽", at: runtime.now() });
      return one!.id;
    });
    const before = await tablesOfCase(id);
    // Whoever adds a table says here what becomes of its rows.
    expect(before.all.toSorted()).toEqual([...KEPT, ...EMPTIED].toSorted());
    expect(before.filled).toEqual(expect.arrayContaining(["case_notes", "case_words", "category_corrections"]));
    await say(service, phone, "删除我的数据");
    const { filled } = await tablesOfCase(id);
    expect(filled.filter((name) => !KEPT.includes(name))).toEqual([]);
  });

  it("destroys the key of an erased case: what was sealed with it cannot be opened by anybody", async () => {
    const { phone, number } = await withCase("erase-key", "柳东村一组桥面塌了,我叫丁小满,电话13900001111");
    await say(service, deputy, `办结 ${Number(number.slice(5))} 补好了`);
    const { key, originals } = await sealedOf(number);
    const { vault } = service.runtime;
    const purpose = keyPurpose(service.jurisdiction("qinghe"));
    expect(originals.map((one) => vault.unwrap(key, purpose).open(one)).join()).toContain("丁小满");
    expect(await tablesWith(key)).toEqual(["cases"]);
    await say(service, phone, "删除我的数据");
    const after = await sealedOf(number);
    expect(await tablesWith(key)).toEqual([]);
    expect(after.originals).toEqual([]);
    for (const one of originals) {
      expect(await tablesWith(one)).toEqual([]);
      expect(() => vault.unwrap(after.key, purpose).open(one)).toThrow();
    }
  });

  it("erases what was said in closed cases, wherever it lies, and keeps what happened", async () => {
    const { phone, number } = await withCase("erase", "柳东村一组丁小满家门口路灯坏了,电话13800000000");
    await phone.sendPhoto(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
        .jpeg()
        .toBuffer(),
    );
    await service.settled();
    await service.passTime();
    const [photo] = await photos();
    expect(photo).toMatchObject({ state: "kept", hash: expect.any(String) });
    await say(service, deputy, `办结 ${Number(number.slice(5))} 丁家门口修好了`);
    await say(service, phone, "满意");
    const before = await service.case(number);
    await say(service, phone, "刪除我的數據！");
    expect(newest(phone)).toMatch(/办完的1件，您说过的话和照片都删了/);

    const after = await service.case(number);
    expect(after).toMatchObject({ ...before, summary: "", messages: expect.any(Array) });
    expect(after.messages.map((message) => message.text).join("")).toBe("");
    expect(await photos()).toEqual([expect.objectContaining({ state: "failed", hash: null, reason: "erased" })]);
    await expect(service.runtime.media.read(photo?.hash ?? "")).rejects.toThrow();
    const left = await allWords();
    expect(left).not.toMatch(/丁小满|丁家|13800000000|路灯/);
    expect(left).toContain("刪除我的數據");
    await say(service, phone, "进度");
    expect(newest(phone)).toContain(number);
    expect(newest(phone)).not.toMatch(/“”|「」|路灯/);
    await say(service, phone, "我的数据");
    expect(newest(phone)).not.toContain("常说的地方");
  });

  it("reaches what the deputy of another case read of it while the two went together", async () => {
    const [led, leading] = [
      await withCase("erase-led", "柳东村一组丁字路口反光镜碎了"),
      await withCase("erase-leading", "柳东村一组路口镜子坏了"),
    ];
    const county = service.jurisdiction("qinghe");
    await service.runtime.database.inCounty(county, async (tx) => {
      const [one] = await tx.select().from(cases).where(eq(cases.number, led.number));
      const [other] = await tx.select().from(cases).where(eq(cases.number, leading.number));
      const turn = await openTurn(service.runtime, tx, one!.conversationId, "何丽");
      expect(await mergeCases(turn!, one!, other!)).toEqual({ ok: true });
      await finishTurn(turn!);
    });
    await say(service, led.phone, "就在小卖部门口，碎玻璃还没扫");
    await say(service, deputy, `办结 ${Number(leading.number.slice(5))} 换了新镜`);
    for (const word of ["丁字路口", "小卖部"]) expect(await allWords()).toContain(word);
    await say(service, led.phone, "删除我的数据");
    expect(await allWords()).not.toMatch(/丁字路口|小卖部/);
    expect(await allWords()).toContain("路口镜子坏了");
  });

  it("leaves the photo that somebody else sent too", async () => {
    const shown = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#405060" } })
      .jpeg()
      .toBuffer();
    const [one, other] = [
      await withCase("erase-photo-one", "柳东村一组墙裂了一道缝"),
      await withCase("erase-photo-two", "柳东村一组墙裂得很宽"),
    ];
    for (const { phone } of [one, other]) await phone.sendPhoto(shown);
    await service.settled();
    await service.passTime();
    const hashes = (await photos()).flatMap(({ hash, state }) => (state === "kept" && hash !== null ? [hash] : []));
    expect(new Set(hashes).size).toBe(1);
    await say(service, deputy, `办结 ${Number(one.number.slice(5))} 补好了`);
    await say(service, one.phone, "删除我的数据");
    await expect(service.runtime.media.read(hashes[0]!)).resolves.toBeDefined();
    await say(service, deputy, `办结 ${Number(other.number.slice(5))} 补好了`);
    await say(service, other.phone, "删除我的数据");
    await expect(service.runtime.media.read(hashes[0]!)).rejects.toThrow();
  });

  it("keeps the words of an open case, says so, and is one request however often it is asked", async () => {
    const { phone, number } = await withCase("erase-open", "柳东村一组水管漏水");
    await say(service, phone, "删除我的数据");
    expect(newest(phone)).toMatch(new RegExp(`编号${number}还在办`));
    expect((await service.case(number)).messages[0]?.text).toBe("柳东村一组水管漏水");
    await say(service, phone, `撤回 ${number}`);
    await say(service, phone, "删除我的数据");
    expect((await service.case(number)).messages[0]?.text).toBe("");
    expect(await casesOf(service, phone)).toHaveLength(2);
    await say(service, phone, "换地方");
    expect(newest(phone)).toContain("没有在办的事");
  });

  it("reaches cases of long ago too", async () => {
    const { phone, number } = await withCase("erase-old", "柳东村一组桥栏断了");
    await say(service, deputy, `办结 ${Number(number.slice(5))} 换好了`);
    await say(service, phone, "满意");
    await letPass(service, 100 * DAY);
    await say(service, phone, "删除我的数据");
    expect(newest(phone)).toMatch(/办完的1件，您说过的话和照片都删了/);
    expect((await service.case(number)).messages.map((message) => message.text).join("")).toBe("");
    expect(await allWords()).not.toContain("桥栏");
  });

  it("of one person leaves the words of others, and keeps an accusation for the office", async () => {
    const { number } = await withCase("erase-neighbour", "柳东村一组井盖丢了");
    const phone = service.phone("erase-accuser");
    await say(service, phone, "我们网格的王代表收了物业的好处,跟他反映多少次都不办");
    await say(service, phone, "删除我的数据");
    expect((await casesOf(service, phone))[0]?.messages[0]?.text).toContain("好处");
    expect((await service.case(number)).messages[0]?.text).toContain("井盖");
    // Also when the office is done with it.
    await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx
        .update(cases)
        .set({ state: "closed", outcome: "explained", closedAt: service.runtime.now() })
        .where(eq(cases.sealed, true)),
    );
    await say(service, phone, "删除我的数据");
    expect((await casesOf(service, phone))[0]).toMatchObject({ state: "closed", sealed: true });
    expect((await casesOf(service, phone))[0]?.messages[0]?.text).toContain("好处");
  });

  it("is what closing the account with the platform asks for: no word is sent there any more", async () => {
    const { phone, number } = await withCase("erase-closed", "柳东村一组水塘边没有围栏");
    await say(service, deputy, `办结 ${Number(number.slice(5))} 装上了`);
    const open = await withCase("erase-closed", "柳东村一组粪车漏了一路");
    await phone.sendRaw({
      MsgType: "event",
      Event: "user_authorization_cancellation",
      OpenID: phone.openid,
      RevokeInfo: "1",
    });
    await service.settled();
    expect((await service.case(number)).messages.map((message) => message.text).join("")).toBe("");
    expect(await allWords()).not.toContain("水塘");
    const before = newest(phone);
    await say(service, deputy, `回复 ${Number(open.number.slice(5))} 今天去洗路`);
    expect(newest(phone)).toBe(before);
  });
});
