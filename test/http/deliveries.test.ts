import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { caseBars } from "../../db/schema/console.ts";
import { inbox } from "../../db/schema/conversations.ts";
import type { SendOutcome } from "../../src/channels/channel.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { DELIVERIES } from "../../src/http/contract/records/deliveries.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

type Item = {
  id: string;
  status: string;
  reason: string;
  platformCode: string | null;
  acts: string;
  kind: string;
  case: string | null;
  to: { party: string; name: string | null };
  createdAt: string;
  settled: string | null;
};

/** What the platform says of each matter's answer, and the status that it has then. */
const ENDS = {
  failed: { outcome: "refused", reason: "43004 the person does not follow the account", blocks: "person" },
  uncertain: { outcome: "uncertain", reason: "timed out" },
  "waits-for-contact": { outcome: "refused", reason: "45015 outside the 48 hours, or unfollowed", blocks: "rung" },
  delivered: { outcome: "delivered", platformId: null },
} as const satisfies Readonly<Record<string, SendOutcome>>;
type End = keyof typeof ENDS;

let staff: StaffApi;
const numbers = {} as Record<End | "sealed" | "elsewhere" | "barred", string>;

const list = async (who: string, query = ""): Promise<Item[]> => {
  const { status, body } = await staff.ask(who, `GET /deliveries${query}`);
  expect([who, status]).toEqual([who, 200]);
  return body.items;
};
const ofCase = (items: Item[], number: string) => items.filter((item) => item.case === number && item.kind === "reply");

/** Answers a case, and lets the platform do with it as it is told. */
async function answer(number: string, end: SendOutcome): Promise<void> {
  staff.office.answerCalls(() => end);
  expect((await staff.act("office", number, "answer", { text: `关于${number}，已经安排` })).status).toBe(200);
  await staff.office.work();
  staff.office.answerCalls(() => ENDS.delivered);
}

beforeAll(async () => {
  staff = await staffApi();
  const { db, county } = staff.office;
  for (const [at, end] of (Object.keys(ENDS) as End[]).entries())
    numbers[end] = await staff.newCase(`resident-${at}`, "柳东村一组路灯坏了六盏");
  numbers.elsewhere = await staff.newCase("resident-8", "学校那边的下水道堵了，在北大街");
  numbers.barred = await staff.newCase("resident-9", "柳东村一组停水三天");
  const own = await stationOf(staff, numbers.failed);
  for (const role of ROLES) await staff.person(role, role, { stations: [own] });
  const west = await db.county("west");
  for (const role of ROLES) await staff.person(`west ${role}`, role, { jurisdictionId: west, stations: [own] });
  await staff.person("关联人", "office", { id: "0190a1b2-0000-4000-8000-000000000001" });
  for (const end of Object.keys(ENDS) as End[]) await answer(numbers[end], ENDS[end]);
  await answer(numbers.elsewhere, ENDS.failed);
  await answer(numbers.barred, ENDS.failed);
  staff.office.answerCalls(() => ENDS.failed);
  numbers.sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  staff.office.answerCalls(() => ENDS.delivered);
  await db.database.inCounty(county.id, async (tx) => {
    await tx.update(cases).set({ stationId: null }).where(eq(cases.number, numbers.elsewhere));
    const [barred] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.number, numbers.barred));
    await tx.insert(caseBars).values({
      jurisdictionId: county.id,
      caseId: barred!.id,
      personId: "0190a1b2-0000-4000-8000-000000000001",
      by: "办公室",
      reason: "亲属",
      at: new Date(),
    });
  });
});

afterAll(() => staff.close());

describe("what has not arrived", () => {
  it("is said with its status, its reason and who acts; what arrived is in no list but its case's", async () => {
    const items = await list("office");
    expect(ofCase(items, numbers.failed)).toMatchObject([
      {
        status: "failed",
        reason: "unfollowed",
        platformCode: "43004",
        acts: "office",
        to: { party: "resident", name: null },
      },
    ]);
    expect(ofCase(items, numbers.uncertain)).toMatchObject([
      { status: "uncertain", reason: "no-answer", acts: "office" },
    ]);
    expect(ofCase(items, numbers["waits-for-contact"])).toMatchObject([
      { status: "waits-for-contact", acts: "office", reason: expect.stringMatching(/window-closed|allowance-used/) },
    ]);
    expect(ofCase(items, numbers.delivered)).toEqual([]);
    const whole = await list("office", `?case=${numbers.delivered}`);
    expect(ofCase(whole, numbers.delivered)).toMatchObject([{ status: "delivered", reason: "none", acts: "nobody" }]);
    expect(JSON.stringify(items)).not.toMatch(/已经安排|resident-\d/);
  });

  it("is grouped by reason: each group has as many as its list", async () => {
    const { body } = await staff.ask("office", "GET /deliveries/reasons");
    expect(body.groups.length).toBeGreaterThan(2);
    for (const { status, reason, count, oldestAt } of body.groups) {
      const { body: page } = await staff.ask("office", `GET /deliveries?state=${status}&reason=${reason}`);
      expect([status, reason, page.total.value]).toEqual([status, reason, count]);
      expect(page.items[0].createdAt).toBe(oldestAt);
    }
  });

  it("comes page by page, each once", async () => {
    const all = (await list("office", "?limit=100")).map(({ id }) => id);
    const seen: string[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const { body } = await staff.ask("office", `GET /deliveries?limit=1${after === "" ? "" : `&after=${after}`}`);
      seen.push(...body.items.map(({ id }: Item) => id));
      after = body.next;
    }
    expect(seen).toEqual(all);
    expect(await staff.ask("office", "GET /deliveries?after=nonsense")).toMatchObject({
      status: 422,
      body: { code: "cursor", findings: [{ at: "query.after" }] },
    });
  });

  it("exists for nobody who may not know of its case", async () => {
    const has = async (who: string, number: string, query = "") =>
      (await list(who, query)).some((item) => item.case === number);
    expect(await has("station", numbers.failed)).toBe(true);
    expect(await has("station", numbers.elsewhere)).toBe(false);
    expect(await has("auditor", numbers.elsewhere)).toBe(true);
    expect(await has("关联人", numbers.barred)).toBe(false);
    expect(await has("office", numbers.barred)).toBe(true);
    expect(await has("office", numbers.sealed)).toBe(false);
    expect(await has("office", numbers.sealed, "?sealed=true")).toBe(true);
    const sealed = (await list("office", "?sealed=true"))[0]!.id;
    for (const role of ["station", "auditor", "operator"] as const) {
      expect(await list(role, "?sealed=true")).toEqual([]);
      expect((await staff.ask(role, `GET /deliveries/${sealed}`)).status).toBe(404);
      expect((await staff.ask(role, `GET /deliveries?case=${numbers.sealed}`)).body.items).toEqual([]);
    }
    expect((await staff.ask("operator", `POST /deliveries/${sealed}/retry`, { body: {} })).status).toBe(404);
    expect(await list("operator", `?case=${numbers.failed}`)).toEqual([]);
    const known = await list("operator");
    expect(known.every((item) => item.case === null && item.to.name === null)).toBe(true);
    // What is about no case exists for all but a station; the operator knows of neither of them more.
    expect(known.length).toBe((await list("office")).length);
    for (const role of ["office", "station", "auditor", "operator"]) expect(await list(`west ${role}`)).toEqual([]);
  });

  it("is for the roles of the contract alone", async () => {
    const [any] = await list("office");
    const mayLook: Role[] = ["office", "station", "auditor", "operator"];
    for (const [name, { roles }] of Object.entries(DELIVERIES)) {
      const [method, path] = name.replace("{id}", name.includes("/stuck/") ? "999" : any!.id).split(" ");
      for (const role of ROLES) {
        const { status } = await staff.ask(role, `${method} ${path}`, method === "GET" ? {} : { body: { no: true } });
        expect([name, role, status === 403]).toEqual([name, role, !(roles as readonly Role[]).includes(role)]);
      }
      if (method === "GET" && path !== "/stuck") expect([name, [...roles]]).toEqual([name, mayLook]);
      if (method === "POST") expect(roles).not.toContain("auditor");
      expect((await staff.ask("nobody", `${method} ${path}`)).status).toBe(401);
    }
  });
});

describe("what people decide about it", () => {
  it("is shown with every call, the decisions and their reasons", async () => {
    const [item] = ofCase(await list("office"), numbers.failed);
    await staff.person("赵敏", "office");
    const aside = await staff.ask("赵敏", `POST /deliveries/${item!.id}/put-aside`, {
      body: { reason: "已打电话告知" },
    });
    expect(aside).toMatchObject({ status: 200, body: { settled: "put-aside", status: "failed" } });
    const { body } = await staff.ask("auditor", `GET /deliveries/${item!.id}`);
    expect(body).toMatchObject({
      history: [{ rung: "direct", outcome: "refused", reason: "unfollowed", platformCode: "43004" }],
      decisions: [{ action: "put-aside", reason: "已打电话告知", by: "赵敏" }],
    });
    const blind = await staff.ask("operator", `GET /deliveries/${item!.id}`);
    expect(blind.body).toMatchObject({ case: null, decisions: [{ action: "put-aside", reason: null, by: "赵敏" }] });
    expect(ofCase(await list("office"), numbers.failed)).toEqual([]);
    expect(ofCase(await list("office", "?settled=true"), numbers.failed)).toHaveLength(1);
    expect(
      await staff.ask("赵敏", `POST /deliveries/${item!.id}/put-aside`, { body: { reason: "再一次" } }),
    ).toMatchObject({
      status: 409,
      body: { code: "put-aside-before" },
    });
    expect((await staff.ask("赵敏", `POST /deliveries/${item!.id}/put-aside`, { body: { reason: " " } })).status).toBe(
      422,
    );
  });

  it("sends what may have arrived again only for the office, and knowingly", async () => {
    const [item] = ofCase(await list("office"), numbers.uncertain);
    const retry = (who: string, body: object) => staff.ask(who, `POST /deliveries/${item!.id}/retry`, { body });
    expect(await retry("operator", { knowingly: true })).toMatchObject({
      status: 409,
      body: { code: "office-decides" },
    });
    expect(await retry("office", {})).toMatchObject({ status: 409, body: { code: "may-have-arrived" } });
    expect(
      await staff.ask("office", "POST /deliveries/bulk", { body: { ids: [item!.id], action: "retry" } }),
    ).toMatchObject({
      status: 200,
      body: { results: [{ id: item!.id, code: "may-have-arrived" }] },
    });
    expect(await retry("office", { knowingly: true })).toMatchObject({ status: 200, body: { status: "on-its-way" } });
    await staff.office.work();
    expect(await retry("office", { knowingly: true })).toMatchObject({ status: 409, body: { code: "arrived" } });
    expect(staff.office.sent.filter(({ text }) => text.includes(numbers.uncertain))).not.toEqual([]);
  });

  it("is done to several at once with a result for each", async () => {
    const [mine] = ofCase(await list("office"), numbers.elsewhere);
    const [sealed] = await list("office", "?sealed=true");
    const unknown = "0190a1b2-0000-7000-8000-00000000abcd";
    const ids = [unknown, sealed!.id, mine!.id];
    const { status, body } = await staff.ask("operator", "POST /deliveries/bulk", { body: { ids, action: "retry" } });
    expect(status).toBe(200);
    const codes = Object.fromEntries(body.results.map((one: { id: string; code: string }) => [one.id, one.code]));
    expect(codes).toEqual({ [unknown]: "not-here", [sealed!.id]: "not-here", [mine!.id]: "done" });
    expect((await staff.ask("office", "POST /deliveries/bulk", { body: { ids: [], action: "retry" } })).status).toBe(
      422,
    );
  });
});

describe("what came and could not be processed", () => {
  it("is listed without words, and an operator tries it again or puts it aside", async () => {
    const { db, county, runtime } = staff.office;
    await staff.office.accept("resident-stuck", "河边垃圾没人收");
    const [row] = await db.database.inCounty(county.id, (tx) =>
      tx
        .update(inbox)
        .set({ attempts: 9, stuckAt: runtime.now(), failure: "the model is gone" })
        .where(eq(inbox.peer, staff.office.peer("resident-stuck")))
        .returning({ seq: inbox.seq }),
    );
    const id = String(row!.seq);
    for (const who of ["office", "auditor", "operator"]) {
      const { body } = await staff.ask(who, "GET /stuck");
      expect(body.items).toMatchObject([{ id, state: "stuck", tries: 9, danger: false, reason: "the model is gone" }]);
      expect(JSON.stringify(body)).not.toContain("垃圾");
    }
    expect((await staff.ask("west operator", "GET /stuck")).body.items).toEqual([]);
    expect((await staff.ask("west operator", `POST /stuck/${id}/retry`, { body: {} })).status).toBe(404);
    expect((await staff.ask("operator", `POST /stuck/${id}/retry`, { body: {} })).status).toBe(204);
    await staff.office.work();
    expect((await staff.ask("operator", "GET /stuck")).body.items).toEqual([]);
    expect(await staff.ask("operator", `POST /stuck/${id}/put-aside`, { body: { reason: "已处理" } })).toMatchObject({
      status: 409,
      body: { code: "nothing-to-do" },
    });
  });
});
