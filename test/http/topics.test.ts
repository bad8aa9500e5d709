import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { audience, consequenceLinks, topics, troubleMarks } from "../../db/schema/topics.ts";
import { lookAfterTopics } from "../../src/casework/topics/look-after.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

const MINUTE = 60_000;
let staff: StaffApi;
let offered: string;
beforeAll(async () => {
  staff = await staffApi();
  for (const name of ["林晓", "赵敏"]) await staff.person(name, "office");
  await staff.person("何站", "station", { stations: ["00000000-0000-7000-8000-000000000000"] });
  await staff.person("审计", "auditor");
  for (const person of ["a", "b", "c"]) await staff.newCase(`topic-${person}`, "柳东村一组停水了");
  await pass(11 * MINUTE);
  offered = (await get("/topics")).body.items[0].number;
});
afterAll(() => staff.close());

const get = (path: string, who = "林晓") => staff.ask(who, `GET ${path}`);
const inCounty = <T>(work: Parameters<typeof staff.office.db.database.inCounty<T>>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work);
let later = 0;
async function pass(ms: number): Promise<void> {
  later += ms;
  const { runtime, county } = staff.office;
  const ahead = later;
  await lookAfterTopics({ ...runtime, now: () => new Date(runtime.now().getTime() + ahead) }, county.id);
}
const version = async (number: string) => (await get(`/topics/${number}`)).etag;

describe("what many people told, for staff", () => {
  it("waits on Today, and is shown with the cases that exist for the reader alone", async () => {
    const { sections } = (await get("/today")).body;
    expect(sections.find(({ code }: { code: string }) => code === "topics-offered")).toMatchObject({ count: 1 });
    const { body } = await get(`/topics/${offered}`);
    expect(body).toMatchObject({ number: offered, state: "offered", people: 3, sign: "water-out" });
    expect(body.cases).toHaveLength(3);
    expect((await get(`/topics/${offered}`, "审计")).status).toBe(200);
    expect((await get("/topics", "何站")).body.items).toEqual([]);
    expect((await get(`/topics/${offered}`, "何站")).status).toBe(404);
    const decide = { match: await version(offered), body: { decision: "join" } };
    expect((await staff.ask("审计", `POST /topics/${offered}/decide`, decide)).status).toBe(403);
  });

  it("is put together, answered, and refuses what cannot be", async () => {
    const opening = { match: await version(offered), body: { decision: "join" } };
    expect((await staff.ask("林晓", `POST /topics/${offered}/decide`, opening)).status).toBe(200);
    await pass(0);
    expect((await get(`/topics/${offered}`)).body).toMatchObject({ state: "open", cases: [{}, {}, {}] });
    const again = { match: await version(offered), body: { decision: "apart" } };
    expect((await staff.ask("林晓", `POST /topics/${offered}/decide`, again)).body).toMatchObject({
      code: "not-offered",
    });
    const other = await staff.newCase("topic-other", "锦绣家园小区电梯停了");
    for (const [number, code] of [
      ["2026-999999", "no-such-case"],
      [other, "other-deputy"],
    ] as const) {
      const body = { case: number, take: "in" };
      const refused = await staff.ask("林晓", `POST /topics/${offered}/cases`, { match: await version(offered), body });
      expect(refused.body).toMatchObject({ code });
    }
  });

  it("never holds a sealed case, by no way: neither found, put in by hand, nor kept once it is sealed", async () => {
    const accusing = await staff.newCase("topic-accuser", "柳东村一组停水是因为村支书收了水厂的钱，我要举报他");
    const body = { case: accusing, take: "in" };
    const refused = await staff.ask("林晓", `POST /topics/${offered}/cases`, { match: await version(offered), body });
    expect(refused.body).toMatchObject({ code: "no-such-case" });
    const [member] = (await get(`/topics/${offered}`)).body.cases;
    const one = await get(`/cases/${member.number}`);
    expect(one.body.topic).toBe(offered);
    const sealing = { match: one.etag, body: { reason: "看到有人被告" } };
    expect((await staff.ask("林晓", `POST /cases/${member.number}/seal`, sealing)).status).toBe(204);
    const sealed = await inCounty((tx) =>
      tx
        .select({ number: cases.number })
        .from(consequenceLinks)
        .innerJoin(cases, eq(cases.id, consequenceLinks.fromId))
        .where(and(eq(cases.sealed, true), isNull(consequenceLinks.endedAt))),
    );
    const { cases: left, people } = (await get(`/topics/${offered}`)).body;
    expect({ left: left.length, people }).toEqual({ left: 2, people: null });
    expect(sealed).toEqual([]);
    const marks = await inCounty((tx) =>
      tx
        .select()
        .from(troubleMarks)
        .innerJoin(cases, eq(cases.id, troubleMarks.caseId))
        .where(eq(cases.number, accusing)),
    );
    expect(marks).toEqual([]);
  });

  it("is closed for everybody by the office, which says on whose word; its code is printed while it is open and of three people", async () => {
    const poster = (number: string) =>
      staff.ask("林晓", "POST /posters", { body: { scenes: [`t:${number}`], size: "A4" } });
    const look = () => lookAfterTopics(staff.office.runtime, staff.office.county.id);
    // From here on by the clock of the office itself, behind all that was looked at before.
    await staff.office.pass(2 * later);
    for (const person of ["d", "e", "f"]) await staff.newCase(`dark-${person}`, "柳东村一组路灯不亮");
    await staff.office.pass(11 * MINUTE);
    await look();
    const [{ number }] = (await get("/topics?state=offered")).body.items;
    expect((await poster(number)).status).toBe(422);
    const opening = { match: await version(number), body: { decision: "join" } };
    await staff.ask("林晓", `POST /topics/${number}/decide`, opening);
    await look();
    expect((await poster(number)).status).toBe(202);
    expect((await poster(offered)).status).toBe(422);
    const close = async (body: object, who = "林晓") =>
      staff.ask(who, `POST /topics/${number}/close`, { match: await version(number), body });
    expect((await close({ outcome: "solved", claim: "unit", text: "修好了" }, "审计")).status).toBe(403);
    expect((await close({ outcome: "solved", text: "修好了" })).body.code).toBe("claim-needed");
    expect((await close({ outcome: "withdrawn", text: "修好了" })).status).toBe(422);
    expect((await close({ outcome: "solved", claim: "unit", text: "修好了" })).status).toBe(200);
    await look();
    const { body } = await get(`/topics/${number}`);
    expect(body).toMatchObject({
      state: "closed",
      cases: [{ state: "closed" }, { state: "closed" }, { state: "closed" }],
    });
    expect((await close({ outcome: "explained", text: "再说一遍" })).body.code).toBe("not-live");
    expect((await poster(number)).status).toBe(422);
  });

  it("is of one county: the key refuses whoever is of another one", async () => {
    const { db } = staff.office;
    const west = await db.county("west");
    const [topic] = await inCounty((tx) => tx.select({ id: topics.id }).from(topics));
    const [member] = await inCounty((tx) => tx.select().from(audience));
    expect(await db.database.inCounty(west, (tx) => tx.select().from(topics))).toEqual([]);
    const { conversationId, caseId, since } = member!;
    const stranger = {
      jurisdictionId: west,
      kind: "topic",
      subjectId: topic!.id,
      conversationId,
      caseId,
      since,
    } as const;
    const joining = db.database.inCounty(west, (tx) => tx.insert(audience).values(stranger));
    await expect(joining).rejects.toMatchObject({ constraint_name: "audience_of_topic_fk" });
  });
});
