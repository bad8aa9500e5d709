import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases, decisions } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import { importFiles } from "../../../src/casework/import/import-files.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import { nameKey } from "../../../src/domain/text/names.ts";
import { LISTED_NAMES, spellingsOf } from "../../county/names.ts";
import { type Office, openOffice } from "../office.ts";

/** Two hundred grids, each with one deputy, whose name and whose place people write otherwise than the list does. */
const PLACES = LISTED_NAMES.map((name, index) => ({
  name,
  code: `N${index}`,
  listed: index % 2 === 0 ? `杏林里${index + 11}号院` : `艾丁湖·${inWords(index + 11)}组`,
  said: index % 2 === 0 ? `杏林里${inWords(index + 11)}号院` : `艾丁湖•${index + 11}组`,
}));
const ACCUSATIONS = [
  (name: string, place: string) => `${place}，${name}收了开发商的好处,我们说了也没人理`,
  (name: string, place: string) => `${place}的摊位叫${name}转手卖了，钱进了腰包`,
  (name: string, place: string) => `我要举报${name}，${place}的低保都给了他自己亲戚`,
  (name: string, place: string) => `听说${name}隆重地收了三万块红包 ${place}`,
];

/** Hundreds of messages in each test, on machines that are busy. */
const PATIENT = { timeout: 180_000 };

let office: Office;
let folder: string;

beforeAll(async () => {
  office = await openOffice();
  folder = await mkdtemp(join(tmpdir(), "liaison-names-"));
  const lines = (head: string, rows: readonly string[]) => [head, ...rows].join("\n");
  await writeFile(
    join(folder, "grids.csv"),
    lines(
      "code,name,township,community,station",
      PLACES.map(({ code, listed }) => `${code},${listed},柳河镇,杏林社区,ST01`),
    ),
  );
  await writeFile(
    join(folder, "deputies.csv"),
    lines(
      "code,name,level,grids",
      PLACES.map(({ code, name }) => `${code},${name},township,${code}`),
    ),
  );
  const imported = await importFiles(office.runtime, office.county.id, [folder], {
    coordinates: "wgs84",
    dryRun: false,
  });
  expect(imported).toMatchObject({ ok: true });
  for (const { code } of PLACES) await office.accept(`deputy-${code}`, "帮助");
  await work();
  await inCounty(async (tx) => {
    for (const { id, code } of await tx.select().from(deputies)) {
      await tx
        .update(conversations)
        .set({ deputyId: id })
        .where(eq(conversations.peer, office.peer(`deputy-${code}`)));
    }
  });
}, PATIENT.timeout);

afterAll(async () => {
  await office.close();
  await rm(folder, { recursive: true });
});

it("an accusation of the deputy of the place, however the name is written, never reaches them", PATIENT, async () => {
  office.sent.length = 0;
  for (const [index, { name, code, said }] of PLACES.entries()) {
    const spelling = pick(spellingsOf(name), index);
    const accusation = ACCUSATIONS[index % ACCUSATIONS.length]!;
    await office.accept(`accuses-${code}`, accusation(spelling, said));
  }
  await work();
  expect(office.sent.filter(({ to }) => to.startsWith("deputy-"))).toEqual([]);
  const own = await casesBy("accuses");
  const wrong = PLACES.filter(({ code, name }) => {
    const one = own.get(code);
    const barred = one?.decision?.passedOver.filter(({ why }) => why === "accused").map(({ deputy }) => deputy) ?? [];
    return one?.sealed !== true || one.deputyId !== null || namesakes(name).some((other) => !barred.includes(other));
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

it("who is called by the family name and the office is among those who must never see it", PATIENT, async () => {
  for (const [index, { name, code, said }] of PLACES.entries()) {
    const [part = ""] = pick(spellingsOf(name), index).split(/[·•・‧.．\s]/);
    const family = /\p{Script=Han}/u.test(part) && part.length < 5 ? ([...part][0] ?? "") : part;
    await office.accept(`calls-${code}`, `${said}，${family}代表收了开发商的好处`);
  }
  await work();
  const own = await casesBy("calls");
  const missed = PLACES.filter(
    ({ code }) => !own.get(code)?.decision?.passedOver.some(({ deputy, why }) => deputy === code && why === "accused"),
  );
  expect(missed.map(({ name }) => name)).toEqual([]);
});

it("what accuses nobody reaches the deputy of the place, and thanks by name that deputy alone", PATIENT, async () => {
  const some = PLACES.filter((_, index) => index % 4 === 1);
  office.sent.length = 0;
  for (const { code, said } of some) await office.accept(`asks-${code}`, `${said}的路灯坏了三天`);
  await work();
  expect(new Set(office.sent.flatMap(({ to }) => (to.startsWith("deputy-") ? [to] : [])))).toEqual(
    new Set(some.map(({ code }) => `deputy-${code}`)),
  );
  await office.pass(300_000);
  office.sent.length = 0;
  for (const [index, { name, code }] of some.entries()) {
    await office.accept(`asks-${code}`, `谢谢${pick(spellingsOf(name), index + 3)}代表`);
  }
  await work();
  const thanked = office.sent.filter(({ to, text }) => to.startsWith("deputy-") && text.includes("道谢"));
  expect(thanked.map(({ to }) => to).sort()).toEqual(some.map(({ code }) => `deputy-${code}`).sort());
});

it("a deputy who leaves is represented by whom they name", PATIENT, async () => {
  await office.bind("leaves", "D001");
  const others = PLACES.filter(({ name }) => namesakes(name).length === 1);
  for (const [index, { name }] of others.entries()) {
    if (index % 7 > 0) continue;
    office.sent.length = 0;
    await office.say("leaves", `请假3天 由${pick(spellingsOf(name), index + 5)}代表代`);
    expect(office.sent.findLast(({ to }) => to === "leaves")?.text).toContain(name);
  }
});

/** Lets everybody be heard, many in one transaction, and be sent to. */
async function work(): Promise<void> {
  const { runtime, county } = office;
  for (let isMore = true; isMore; ) {
    const heard = await receiveNext(runtime, county.id, { limit: 50, order: "oldest" });
    for (const person of heard.apart) await receive(runtime, person);
    isMore = heard.isMore;
  }
  await office.work();
}

function pick<T>(all: readonly T[], index: number): T {
  return all[index % all.length]!;
}

/** The codes of those whose names are two spellings of one. */
function namesakes(name: string): string[] {
  return PLACES.filter((other) => nameKey(other.name) === nameKey(name)).map(({ code }) => code);
}

/** The only case of each of these people, by what stands behind `who-` in their names. */
async function casesBy(who: string) {
  const codes = new Map(PLACES.map(({ code }) => [office.peer(`${who}-${code}`), code]));
  return inCounty(async (tx) => {
    const rows = await tx
      .select({
        peer: conversations.peer,
        sealed: cases.sealed,
        deputyId: cases.deputyId,
        decision: decisions.decision,
      })
      .from(cases)
      .innerJoin(conversations, eq(conversations.id, cases.conversationId))
      .leftJoin(decisions, eq(decisions.caseId, cases.id))
      .where(inArray(conversations.peer, [...codes.keys()]));
    expect(rows).toHaveLength(PLACES.length);
    return new Map(rows.map((row) => [codes.get(row.peer)!, row]));
  });
}

function inCounty<T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]): Promise<T> {
  return office.db.database.inCounty(office.county.id, work);
}

/** A number up to 999 as it is said. */
function inWords(number: number): string {
  const digits = "零一二三四五六七八九";
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  const ten = Math.floor(rest / 10);
  const tens = ten === 0 ? "" : `${ten === 1 && hundreds === 0 ? "" : digits[ten]}十`;
  const ones = rest % 10 === 0 ? "" : `${ten === 0 && hundreds > 0 ? "零" : ""}${digits[rest % 10]}`;
  return `${hundreds === 0 ? "" : `${digits[hundreds]}百`}${tens}${ones}`;
}
