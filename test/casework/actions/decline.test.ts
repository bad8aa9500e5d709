import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { deputies } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { type Office, openOffice } from "../office.ts";

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const all = await office.db.database.inCounty(office.county.id, (tx) => tx.select().from(deputies));
  for (const { code } of all) await office.bind(`deputy-${code}`, code);
});
afterAll(async () => {
  expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
  await office.close();
});

const casesOf = (person: string) =>
  office.db.database.inCounty(office.county.id, async (tx) => {
    const rows = await tx
      .select({ one: cases })
      .from(cases)
      .innerJoin(conversations, eq(conversations.id, cases.conversationId))
      .where(eq(conversations.peer, office.peer(person)))
      .orderBy(asc(cases.number));
    return rows.map((row) => row.one);
  });
const toldTo = (person: string) => office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const toldToDeputies = () => office.sent.filter(({ to }) => to.startsWith("deputy-")).map(({ text }) => text);

describe("what no deputy takes up", () => {
  test("is answered once, however many messages say it, and nobody else is told", async () => {
    const before = toldToDeputies().length;
    await office.say("court", "法院判错了");
    await office.say("court", "让代表给法官打个电话");
    await office.say("court", "法院判错了");
    const [only, ...others] = await casesOf("court");
    expect(others).toEqual([]);
    expect(only).toMatchObject({ state: "closed", outcome: "not_in_scope", deputyId: null, rating: null });
    const answers = toldTo("court").filter((text) => text.includes("12309"));
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain(only!.number);
    expect(toldToDeputies()).toHaveLength(before);
  });

  test("is looked at again by the office when the resident insists, and still by no deputy", async () => {
    const before = toldToDeputies().length;
    await office.say("insists", "柳东村三组张家的案子法院判得不公，代表去说说情");
    const [refused] = await casesOf("insists");
    expect(refused).toMatchObject({ state: "closed", outcome: "not_in_scope" });
    await office.pass(5 * MINUTE);
    await office.say("insists", "还是没解决");
    expect(await casesOf("insists")).toMatchObject([
      { number: refused!.number, state: "triage", outcome: null, closedAt: null, deputyId: null, reopenings: 1 },
    ]);
    expect(toldTo("insists").at(-1)).toContain("重新打开");
    expect(toldToDeputies()).toHaveLength(before);
  });

  test("is no reason to be asked for a verdict, and its state can be seen", async () => {
    await office.pass(5 * MINUTE);
    await office.say("court", "进度");
    expect(toldTo("court").at(-1)).toContain("不属于代表工作范围");
    await office.pass(48 * 60 * MINUTE);
    expect(toldTo("court").join("\n")).not.toMatch(/办得怎么样|满意/);
  });

  test("leaves the next matter of the same resident alone", async () => {
    await office.say("court", "柳东村三组路灯坏了");
    const [, next] = await casesOf("court");
    expect(next).toMatchObject({ state: "assigned", category: "roads" });
  });
});

describe("what a deputy may take up all the same", () => {
  test.each([
    ["a second matter beside it", "法院判错了，另外柳东村三组路灯坏了"],
    ["a place of ours in a stranger's words", "我是隔壁县的，路过柳东村三组，路灯坏了"],
    ["a lamp before the court", "柳东村三组法院门口路灯坏了"],
    ["danger beside it", "法院判错了，我不想活了，我在柳东村三组"],
  ])("is %s", async (name, text) => {
    await office.say(name, text);
    expect(await casesOf(name)).toMatchObject([{ state: "assigned", gridCode: "柳东-3" }]);
  });

  test("is what comes with a photo, which somebody must look at", async () => {
    await office.say("photo", { kind: "media", media: { mediaId: "p", form: "image" }, transcript: "田里青蛙太吵" });
    expect(await casesOf("photo")).toMatchObject([{ state: "clarifying" }]);
  });

  test("is work that was not paid, with the law's own way told beside it", async () => {
    await office.say("wages", "柳东村三组的工地，包工头欠我们12个人工钱");
    expect(await casesOf("wages")).toMatchObject([{ state: "assigned", category: "labour" }]);
    expect(toldTo("wages").filter((text) => text.includes("12333"))).toHaveLength(1);
  });
});
