import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseMessages, cases } from "../../db/schema/cases.ts";
import { caseWords, unsealProposals } from "../../db/schema/console.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

let staff: StaffApi;
const WORDS = "村支书收了好处，低保名额都给了亲戚";
const REASON = { reason: "inspection", note: "按程序查阅这一件" };

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  for (const name of ["林晓", "赵敏"]) await staff.person(name, "office");
  await staff.person("没确认", "office", { confirmedAt: null });
  await staff.person("周强", "reviewer");
});
afterAll(() => staff.close());

let people = 0;
async function sealed(): Promise<string> {
  people += 1;
  const number = await staff.newCase(`accuser-${people}`, WORDS);
  await open("林晓", number);
  await open("赵敏", number);
  return number;
}
const open = (who: string, number: string) => staff.ask(who, `POST /cases/${number}/open-sealed`, { body: REASON });
const decide = (who: string, number: string, what: "confirm" | "refuse") =>
  staff.ask(
    who,
    `POST /cases/${number}/unseal/${what}`,
    what === "refuse" ? { body: { reason: "还要保护来信人" } } : {},
  );
const found = async (who: string, q = "低保名额") =>
  (await staff.ask(who, "POST /cases/search", { body: { q } })).body.items.map(
    ({ number }: { number: string }) => number,
  );
const proposals = async (who: string) =>
  (await staff.ask(who, "GET /today")).body.sections.find(({ code }: { code: string }) => code === "unseal-proposals");
const inCounty: StaffApi["office"]["db"]["database"]["inCounty"] = (county, work) =>
  staff.office.db.database.inCounty(county, work);

describe("unsealing a case", () => {
  it("changes nothing before another person of the office agrees; then the case is ordinary", async () => {
    const number = await sealed();
    expect((await staff.act("林晓", number, "unseal", { reason: "核实过，不涉及任何人" })).status).toBe(204);
    const before = await staff.ask("林晓", `GET /cases/${number}`);
    expect(before.body).toMatchObject({ sealed: true, unsealing: { by: "林晓", isOwn: true } });
    expect((await staff.ask("赵敏", `GET /cases/${number}`)).body.unsealing).toMatchObject({
      by: "林晓",
      isOwn: false,
    });
    expect(await staff.ask("周强", `GET /cases/${number}`)).toMatchObject({ status: 404 });
    expect(await proposals("赵敏")).toMatchObject({ count: 1, first: [], opens: { page: "cases" } });
    expect(await proposals("林晓")).toMatchObject({ count: 0 });
    expect(await proposals("周强")).toBeUndefined();
    expect(await found("林晓")).toEqual([]);
    expect((await staff.act("赵敏", number, "unseal", { reason: "再提一次" })).body.code).toBe("proposed-already");
    expect(await decide("林晓", number, "confirm")).toMatchObject({ status: 403, body: { code: "own-proposal" } });
    expect(await decide("没确认", number, "confirm")).toMatchObject({ status: 403, body: { code: "confirm-needed" } });
    expect((await decide("周强", number, "confirm")).status).toBe(403);
    expect((await decide("赵敏", number, "confirm")).status).toBe(204);
    expect(await proposals("赵敏")).toMatchObject({ count: 0 });
    // Ordinary: everybody of the staff has it, without a reason, in lists and search; a deputy can get it.
    expect((await staff.ask("周强", `GET /cases/${number}`)).body).toMatchObject({ sealed: false, unsealing: null });
    expect(await found("周强")).toEqual([number]);
    const events = (await staff.ask("林晓", `GET /cases/${number}`)).body.events.map(
      ({ type }: { type: string }) => type,
    );
    expect(events).toEqual(expect.arrayContaining(["unseal_proposed", "unsealed"]));
    expect((await staff.act("林晓", number, "place", { grid: "柳东-1" })).body.goesTo).toMatchObject({ code: "D003" });
    await staff.office.work();
    expect(staff.office.sent.filter(({ to }) => to === "deputy-3").at(-1)?.text).toContain("低保名额");
    expect((await decide("赵敏", number, "confirm")).status).toBe(409);
  });

  it("ends with a refusal, or after seven days, and stays sealed", async () => {
    const number = await sealed();
    await staff.act("林晓", number, "unseal", { reason: "核实过了" });
    expect((await decide("赵敏", number, "refuse")).status).toBe(204);
    expect((await decide("赵敏", number, "confirm")).body.code).toBe("no-proposal");
    await staff.act("林晓", number, "unseal", { reason: "再提一次" });
    await staff.office.pass(7 * 86_400_000 + 60_000);
    await open("赵敏", number);
    await open("林晓", number);
    expect((await decide("赵敏", number, "confirm")).body.code).toBe("no-proposal");
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body).toMatchObject({ sealed: true, unsealing: null });
    expect((await staff.act("赵敏", number, "unseal", { reason: "第三次" })).status).toBe(204);
    expect((await decide("林晓", number, "confirm")).status).toBe(204);
    expect((await auditCounty(staff.office.db.database, staff.office.county)).findings).toEqual([]);
  });

  it("is nothing for an ordinary case, nor for a request about one's own data", async () => {
    const number = await staff.newCase("ordinary", "柳东村一组路灯坏了六盏");
    expect((await staff.act("林晓", number, "unseal", { reason: "试" })).status).toBe(409);
    const request = await staff.newCase("ordinary", "删除我的数据");
    await open("林晓", request);
    expect((await staff.act("林晓", request, "unseal", { reason: "试" })).body.code).toBe("stays-sealed");
    const { id } = staff.office.county;
    expect(await inCounty(id, (tx) => tx.select().from(unsealProposals))).toEqual([]);
  });
});

describe("whoever is involved", () => {
  it("says so before any word, and no sealed case is there for them any more", async () => {
    const number = await staff.newCase("another accuser", WORDS);
    await staff.person("何静", "office");
    const listed = async () =>
      (await staff.ask("何静", "POST /cases/search", { body: { filter: { sealed: true } } })).body;
    const before = (await listed()).total.value;
    expect((await staff.ask("何静", `GET /cases/${number}`)).body.code).toBe("reason-needed");
    expect((await staff.ask("何静", `POST /cases/${number}/involved`)).status).toBe(204);
    expect(await staff.ask("何静", `GET /cases/${number}`)).toMatchObject({ status: 404 });
    expect(await open("何静", number)).toMatchObject({ status: 404 });
    expect(await staff.ask("何静", `POST /cases/${number}/involved`)).toMatchObject({ status: 404 });
    expect((await listed()).total.value).toBe(before - 1);
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body.code).toBe("reason-needed");
  });
});

describe("the words of a case for search", () => {
  it("go with the key of the case, also where a version erases that knows of no search", async () => {
    const number = await staff.newCase("erased", "锦绣家园小区电梯停了三天");
    const { id } = staff.office.county;
    expect(await found("林晓", "电梯停了")).toEqual([number]);
    await inCounty(id, async (tx) => {
      const [one] = await tx.select().from(cases).where(eq(cases.number, number));
      await tx.update(caseMessages).set({ text: "", original: null }).where(eq(caseMessages.caseId, one!.id));
      await tx
        .update(cases)
        .set({ summary: "", keyWrapped: Buffer.from("another key") })
        .where(eq(cases.id, one!.id));
      expect(await tx.select().from(caseWords).where(eq(caseWords.caseId, one!.id))).toEqual([]);
    });
    expect(await found("林晓", "电梯停了")).toEqual([]);
  });

  it("is refused where its resident asked since that their data be erased, also behind a proposal", async () => {
    const number = await sealed();
    const person = `accuser-${people}`;
    expect((await staff.act("林晓", number, "unseal", { reason: "核实过，不涉及任何人" })).status).toBe(204);
    await staff.office.say(person, "删除我的数据");
    const refused = { status: 422, body: { code: "asked-to-erase" } };
    expect(await decide("赵敏", number, "confirm")).toMatchObject(refused);
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body).toMatchObject({ sealed: true });
    expect((await decide("赵敏", number, "refuse")).status).toBe(204);
    expect(await staff.act("林晓", number, "unseal", { reason: "再核实过一次" })).toMatchObject(refused);
    expect((await staff.ask("周强", `GET /cases/${number}`)).status).toBe(404);
  });
});
