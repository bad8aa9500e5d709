import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sectorGroups } from "../../db/schema/people.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { CONTRACTS } from "../../src/http/contract/contracts.ts";
import { ruleset } from "../domain/rules/rule-sets.ts";
import { mergeInto } from "./merged-cases.ts";
import type { Answer } from "./people-api.ts";
import { raceParts } from "./race-parts.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

/** What two people ask for at one moment: each with a body of their own, at the version that both have seen. */
type Race = {
  readonly path: string;
  readonly match: string | null;
  readonly bodyOf?: (who: string) => unknown;
  readonly who?: readonly [string, string];
};

const LAMP = "柳东村一组路灯坏了六盏";
const OPERATORS = ["周强", "郑洁"] as const;
const SECRETS = { "app-secret": "a-secret", token: "a-token" };
const SETTINGS = { "app-id": "wx0123456789abcdef", replies: "direct" };

let staff: StaffApi;
let parts: ReturnType<typeof raceParts>;
let people = 0;

const get = async (path: string, who = "林晓") => {
  const { body, etag } = await staff.ask(who, `GET ${path}`);
  return { body, etag };
};
const quoted = (etag: string) => `"${etag}"`;
const newCase = async (said = LAMP) => staff.newCase(`resident-${++people}`, said);

/** A new case at the version that it has, and what each wants to do with it. */
async function onCase(verb: string, bodyOf: (who: string) => unknown, number?: string): Promise<Race> {
  const one = number ?? (await newCase());
  return { path: `/cases/${one}/${verb}`, match: (await get(`/cases/${one}`)).etag, bodyOf };
}
/** The first of a list, at its version. */
async function onFirst(list: string, change: (who: string) => unknown): Promise<Race> {
  const [row] = (await get(list)).body.items;
  const path = `/${list.split("/")[1]?.split("?")[0]}/${row.code ?? row.id}`;
  return { path, match: quoted(row.etag), bodyOf: change };
}
const ofDeputy = async () => {
  const [{ code }] = (await get("/deputies?limit=1")).body.items;
  return { code, ...(await get(`/deputies/${code}`)) };
};
const category = { name: "电梯", words: ["电梯", "困梯"], examples: [] };

/** Tried where the people of the office are: test/http/console/staff.test.ts. */
const ELSEWHERE = ["PATCH /staff/{id}"];

/** By operation: every other one that takes an `If-Match`. */
const RACES: Readonly<Record<string, () => Promise<Race>>> = {
  "POST /cases/{number}/place": () => onCase("place", (who) => ({ grid: who === "林晓" ? "柳东-2" : "柳东-3" })),
  "POST /cases/{number}/move": () => onCase("move", (who) => ({ office: true, reason: `${who}来问` })),
  "POST /cases/{number}/answer": () => onCase("answer", (who) => ({ text: `${who}答复` })),
  "POST /cases/{number}/close": () => onCase("close", (who) => ({ outcome: "explained", text: `${who}说明` })),
  "POST /cases/{number}/handover": async () => {
    const number = await newCase();
    const [{ code }] = (await get("/units?limit=1")).body.items;
    await staff.act("林晓", number, "move", { unit: code, reason: "路灯归它管" });
    return onCase("handover", (who) => ({ step: "progress", text: `${who}打过电话` }), number);
  },
  "POST /cases/{number}/minor": () => onCase("minor", (who) => ({ minor: true, reason: `${who}听出来的` })),
  "POST /cases/{number}/petition": () => onCase("petition", (who) => ({ petition: true, reason: `${who}说是信访` })),
  "POST /cases/{number}/petition-notice": async () => {
    const number = await newCase("我要上访，柳东村一组征地补偿反映三次了没人管");
    const notice = { article: "23", text: null, way: "chat" };
    return onCase("petition-notice", (who) => ({ ...notice, organ: `${who}说的局` }), number);
  },
  "POST /cases/{number}/transcript": async () =>
    onCase("transcript", (who) => ({ text: `${LAMP}，${who}听的` }), await parts.unreadable(`resident-${people + 1}`)),
  "POST /cases/{number}/category": () => onCase("category", (who) => ({ code: who === "林晓" ? "roads" : "heating" })),
  "POST /cases/{number}/deadline": () =>
    onCase("deadline", (who) => ({ dueOn: who === "林晓" ? "2027-01-05" : "2027-01-06", reason: "等配件" })),
  "POST /cases/{number}/seal": () => onCase("seal", (who) => ({ reason: `${who}看到有人被告` })),
  "POST /cases/{number}/split": () => onCase("split", (who) => ({ words: `${who}看到还有一件：下水道堵了` })),
  "POST /cases/{number}/merge": async () => {
    const [into, led] = [await newCase(), await newCase()];
    const { body } = await get(`/cases/${into}`);
    return onCase("merge", () => ({ into, intoVersion: body.etag }), led);
  },
  "POST /cases/{number}/unmerge": async () => {
    const [led, leading] = [await newCase(), await newCase()];
    expect((await mergeInto(staff, [led, leading])).status).toBe(200);
    return onCase("unmerge", () => ({}), led);
  },
  "POST /cases/{number}/unseal": async () => {
    const number = await newCase("村支书收了好处，低保名额都给了亲戚");
    const body = { reason: "inspection", note: "按程序查阅这一件" };
    for (const who of ["林晓", "赵敏"]) await staff.ask(who, `POST /cases/${number}/open-sealed`, { body });
    return onCase("unseal", (who) => ({ reason: `${who}核实过` }), number);
  },
  "POST /cases/{number}/phone-result": async () => {
    const number = await newCase(`${LAMP}，电话13800001111`);
    await staff.ask("林晓", `POST /cases/${number}/phone-task`, { body: { say: "请问修好了没有" } });
    return onCase("phone-result", (who) => ({ result: "reached", text: `${who}打的` }), number);
  },
  "POST /topics/{number}/decide": async () => {
    const { number, etag } = await parts.offeredTopic();
    return { path: `/topics/${number}/decide`, match: etag, bodyOf: () => ({ decision: "join" }) };
  },
  "POST /topics/{number}/answer": () => parts.onTopic("answer", (who) => ({ text: `${who}：明天来水` })),
  "POST /topics/{number}/close": () => parts.onTopic("close", (who) => ({ outcome: "explained", text: `${who}说明` })),
  "POST /topics/{number}/cases": () => parts.onTopic("cases", (_, [first]) => ({ case: first, take: "out" })),
  "PUT /rulesets/{number}": async () => {
    const made = await staff.ask("林晓", "POST /rulesets", { body: ruleset("drafted") });
    return { path: `/rulesets/${made.body.number}`, match: '"r1"', bodyOf: (who) => ruleset(`of ${who}`) };
  },
  "PATCH /grids/{code}": () => onFirst("/grids?limit=1", (who) => ({ name: `${who}改的` })),
  "PATCH /stations/{code}": () => onFirst("/stations", (who) => ({ address: `${who}路 1 号` })),
  "PATCH /units/{code}": () => onFirst("/units", (who) => ({ name: `${who}局` })),
  "POST /stations/{code}/chats/{id}/end": () => parts.chatOf("stations"),
  "POST /grids/{code}/chats/{id}/end": () => parts.chatOf("grids"),
  "PATCH /groups/{code}": async () => {
    const { db, county } = staff.office;
    await db.database.inCounty(county.id, (tx) =>
      tx.insert(sectorGroups).values({ id: randomUUID(), jurisdictionId: county.id, code: "farming", name: "农业组" }),
    );
    return onFirst("/groups", (who) => ({ name: `${who}组` }));
  },
  "PATCH /places/{id}": async () => {
    const [{ code }] = (await get("/grids?limit=1")).body.items;
    const { body } = await staff.ask("林晓", "POST /places", { body: { name: "供销社旧址", grid: code } });
    return { path: `/places/${body.id}`, match: quoted(body.etag), bodyOf: (who) => ({ name: `${who}旧址` }) };
  },
  "POST /assignments": async () => {
    const { code, etag, body } = await ofDeputy();
    const held = new Set(body.assignments.map((one: { code: string }) => one.code));
    const { items } = (await get("/grids?limit=200")).body;
    const grid = items.find((one: { code: string }) => !held.has(one.code)).code;
    const from = dayIn(staff.office.runtime.now(), "Asia/Shanghai");
    const bodyOf = () => ({ deputy: code, kind: "grid", code: grid, role: "backup", from });
    return { path: "/assignments", match: etag, bodyOf };
  },
  "POST /assignments/{id}/end": async () => {
    const { body, etag } = await ofDeputy();
    const on = "2031-01-01";
    return { path: `/assignments/${body.assignments[0].id}/end`, match: etag, bodyOf: () => ({ on }) };
  },
  "PATCH /deputies/{code}": async () => {
    const { code, etag } = await ofDeputy();
    return { path: `/deputies/${code}`, match: etag, bodyOf: (who) => ({ district: `${who}选区` }) };
  },
  "PUT /accounts/{channel}/{name}": async () => {
    const path = "/accounts/wechat-official/second";
    const body = { settings: SETTINGS, secrets: SECRETS };
    const made = await staff.ask("周强", `PUT ${path}`, { body, match: '"new"' });
    const bodyOf = () => ({ ...body, settings: { ...SETTINGS, replies: "passive" } });
    return { path, match: quoted(made.body.etag), bodyOf, who: OPERATORS };
  },
  "PUT /templates/{id}": async () => {
    const { body, ...at } = await parts.template();
    return { ...at, bodyOf: (who) => ({ ...body, textZh: `${who}写的` }) };
  },
  "DELETE /templates/{id}": () => parts.template(),
  "PUT /answer-library/{id}": async () => {
    const { path, match, body } = await parts.draft("林晓");
    return { path, match, bodyOf: () => body, who: ["林晓", "林晓"] };
  },
  "POST /answer-library/{id}/publish": async () => {
    const { path, match } = await parts.draft("钱文");
    return { path: `${path}/publish`, match, bodyOf: () => ({}) };
  },
  "POST /answer-library/{id}/end": async () => {
    const { path, match } = await parts.draft("钱文");
    return { path: `${path}/end`, match, bodyOf: (who) => ({ reason: `${who}不同意` }) };
  },
  "PATCH /settings": async () => ({
    path: "/settings",
    match: (await get("/settings")).etag,
    bodyOf: (who) => ({ overloadShare: who === "林晓" ? 0.3 : 0.6 }),
  }),
  "PUT /categories/{code}": async () => ({
    path: "/categories/lifts",
    match: quoted((await get("/categories")).body.etag),
    bodyOf: (who) => ({ ...category, name: `${who}的电梯` }),
  }),
  "DELETE /categories/{code}": async () => ({
    path: "/categories/lifts",
    match: quoted((await get("/categories")).body.etag),
  }),
  "PUT /trial/people": async () => {
    const { code } = await ofDeputy();
    const match = (await get("/trial")).etag;
    return { path: "/trial/people", match, bodyOf: (who) => ({ deputies: who === "林晓" ? [code] : [], staff: [] }) };
  },
  "POST /trial/begin": async () => ({ path: "/trial/begin", match: (await get("/trial")).etag, bodyOf: () => ({}) }),
  "POST /trial/end": async () => {
    const { body, etag } = await get("/trial");
    const seen = body.held.toResidents + body.held.toDeputies;
    return { path: "/trial/end", match: etag, bodyOf: () => ({ seen, held: "keep" }) };
  },
  "PUT /partners/{name}": async () => {
    const { path, body, etag } = await parts.partner();
    const bodyOf = (who: string) => ({ ...body, url: `https://${who === "周强" ? "a" : "b"}.example/hook` });
    return { path, match: quoted(etag), bodyOf, who: OPERATORS };
  },
  "POST /partners/{name}/pause": async () => {
    const { path, etag } = await parts.partner();
    return { path: `${path}/pause`, match: quoted(etag), bodyOf: () => ({}) };
  },
  "POST /partners/{name}/resume": async () => {
    const { path, etag } = await parts.partner();
    const paused = await staff.ask("林晓", `POST ${path}/pause`, { body: {}, match: quoted(etag) });
    return { path: `${path}/resume`, match: quoted(paused.body.etag), bodyOf: () => ({}) };
  },
  // A kept list is its owner's: the two are two windows of one person.
  "PATCH /views/{id}": async () => {
    const { body } = await staff.ask("林晓", "POST /views", { body: { name: "没办结的", filter: { open: true } } });
    const names = ["甲", "乙"];
    return { path: `/views/${body.id}`, match: '"v1"', bodyOf: () => ({ name: names.pop() }), who: ["林晓", "林晓"] };
  },
};

/** What stands in every ledger, by table and by whom: all tables with a column that says who did something. */
async function written(): Promise<Map<string, number>> {
  const { db, county } = staff.office;
  return db.database.inCounty(county.id, async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'by' and data_type = 'text'`);
    const all = new Map<string, number>();
    for (const { name } of tables) {
      const rows = await tx.execute<{ by: string | null; count: number }>(
        sql`select "by", count(*)::int as count from ${sql.identifier(name)} group by 1`,
      );
      for (const { by, count } of rows) all.set(`${name} ${by}`, count);
    }
    return all;
  });
}

beforeAll(async () => {
  staff = await staffApi();
  parts = raceParts(staff, newCase);
  for (const name of ["林晓", "赵敏", "钱文"]) await staff.person(name, "office");
  for (const name of OPERATORS) await staff.person(name, "operator");
});
afterAll(() => staff.close());

describe("two people at one version", () => {
  it("are tried with every operation that takes a version", () => {
    const all = CONTRACTS.flatMap((contract) => Object.entries(contract));
    const taking = all.filter(([, { match }]) => match === true).map(([name]) => name);
    expect([...Object.keys(RACES), ...ELSEWHERE].toSorted()).toEqual([...new Set(taking)].toSorted());
  });

  it.each(Object.keys(RACES))(
    "%s: one does it, the other is told who was faster and leaves nothing",
    async (operation) => {
      const race = await RACES[operation]!();
      const [method] = operation.split(" ");
      const who = race.who ?? (["林晓", "赵敏"] as const);
      const before = await written();
      const both: Answer[] = await Promise.all(
        who.map((one) => {
          const body = race.bodyOf?.(one);
          return staff.ask(one, `${method} ${race.path}`, {
            match: race.match,
            ...(body === undefined ? {} : { body }),
          });
        }),
      );
      const status = 412;
      const statuses = both.map((one) => one.status).toSorted();
      expect({ statuses, bodies: both.map(({ body }) => body) }).toMatchObject({
        statuses: [expect.any(Number), status],
      });
      expect(statuses[0]).toBeLessThan(300);
      const late = both.find((one) => one.status === status)!;
      const faster = who[both.findIndex((one) => one.status < 300)]!;
      const slower = who.find((one) => one !== faster);
      expect(late.body).toMatchObject({ code: "somebody-was-faster" });
      if (slower !== undefined) expect(late.body.since.map(({ by }: { by: string }) => by)).toContain(faster);
      const after = await written();
      const added = [...after].filter(([key, count]) => count > (before.get(key) ?? 0)).map(([key]) => key);
      expect(added.filter((key) => slower !== undefined && key.endsWith(` ${slower}`))).toEqual([]);
      if (race.path.startsWith("/cases/")) {
        const number = race.path.split("/")[2];
        const types = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
          tx.execute<{ type: string; count: number }>(sql`
          select e.type, count(*)::int as count from case_events e join cases c on c.id = e.case_id
          where c.number = ${number} and e.by = ${faster} group by 1 having count(*) > 1`),
        );
        expect([...types].filter(({ type }) => type !== "merged")).toEqual([]);
      }
    },
  );
});
