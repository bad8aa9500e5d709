import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { ERRAND_KINDS } from "../../../src/casework/errand-kinds/registry.ts";
import { runErrand, takeErrand } from "../../../src/casework/errands/run.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

type Item = {
  readonly number: string;
  readonly code: string;
  readonly told: { to: string; text: string; number: string }[];
};

let staff: StaffApi;
let people = 0;

const etag = async (number: string): Promise<string> => (await staff.ask("林晓", `GET /cases/${number}`)).body.etag;
const links = async (number: string) => (await staff.ask("林晓", `GET /cases/${number}`)).body.links;
const chosen = (numbers: readonly string[]) =>
  Promise.all(numbers.map(async (number) => ({ number, etag: await etag(number) })));
const events = (number: string) =>
  staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
    tx.execute<{ details: object }>(sql`select e.details from case_events e join cases c on c.id = e.case_id
      where c.number = ${number} and e.type = 'merged'`),
  );
async function lamp(said = "柳东村一组路灯坏了六盏"): Promise<string> {
  people += 1;
  return staff.newCase(`neighbour-${people}`, said);
}
async function asked(numbers: readonly string[], into: string, who = "program") {
  const action = { kind: "merge", into, intoVersion: await etag(into) };
  return staff.ask(who, "POST /cases/bulk", { body: { action, cases: await chosen(numbers) } });
}
/** Does the errand that waits, as a worker does. */
async function work(leaving = new AbortController()): Promise<void> {
  const { runtime, county } = staff.office;
  const kinds = ERRAND_KINDS.map(({ name }) => name);
  const taken = await takeErrand(runtime.database, county.id, {
    kinds,
    now: runtime.now(),
  });
  const kind = ERRAND_KINDS.find(({ name }) => name === taken?.kind);
  await runErrand({ runtime, long: runtime.database }, kind!, taken!, leaving.signal);
}
const results = async (id: string) => (await staff.ask("program", `GET /errands/${id}`)).body.answer.results;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
  await staff.person("周强", "reviewer");
  await staff.person("陈芳", "station", { stations: [] });
  await staff.program("program", "office");
});
afterAll(async () => {
  expect((await auditCounty(staff.office.db.database, staff.office.county)).findings).toEqual([]);
  await staff.close();
});

describe("many cases that go with one", () => {
  it("are shown first: what each resident reads, which cannot and why; nothing has changed then", async () => {
    const [leading, one, closed, away, urgent] = [
      await lamp(),
      await lamp(),
      await lamp(),
      await lamp(),
      await lamp("锦绣家园楼道里全是煤气味，头晕"),
    ];
    await staff.act("林晓", closed, "close", { outcome: "explained", text: "按规定不能办" });
    const other = await lamp();
    const merged = { into: other, intoVersion: await etag(other) };
    expect((await staff.act("林晓", away, "merge", merged)).status).toBe(200);
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
    const before = await Promise.all([leading, one].map(etag));
    const cases = [
      ...(await chosen([one, closed, away, other, urgent])),
      ...[leading, sealed, "2026-999999"].map((number) => ({ number, etag: "c1" })),
    ];
    const { status, body } = await staff.ask("林晓", "POST /cases/merge-preview", { body: { into: leading, cases } });
    expect(status).toBe(200);
    expect(body.intoVersion).toBe(before[0]);
    const codes = body.items.map(({ number, code }: Item) => [number, code]);
    expect(codes).toEqual([
      [one, "ready"],
      [closed, "not-allowed"],
      [away, "not-allowed"],
      [other, "leads-others"],
      [urgent, "urgent-leads"],
      [leading, "faster"],
      [sealed, "sealed-apart"],
      ["2026-999999", "not-here"],
    ]);
    for (const { told, number } of body.items as Item[])
      for (const { to, text } of told) {
        if (to === "resident") expect(text).not.toContain(leading);
        expect(number).toBe(one);
      }
    expect(await Promise.all([leading, one].map(etag))).toEqual(before);
  });

  it("are merged each by itself, with a result for each, and can be taken apart", async () => {
    const [leading, one, two, closed] = [await lamp(), await lamp(), await lamp(), await lamp()];
    const cases = await chosen([one, two, closed]);
    await staff.act("林晓", closed, "close", { outcome: "explained", text: "按规定不能办" });
    await staff.ask("林晓", `POST /cases/${two}/notes`, { body: { text: "打过电话" } });
    const action = { kind: "merge", into: leading, intoVersion: await etag(leading) };
    const { status, body } = await staff.ask("program", "POST /cases/bulk", { body: { action, cases } });
    expect(status).toBe(202);
    await work();
    expect(await results(body.id)).toEqual([
      { number: one, code: "done" },
      { number: two, code: "faster" },
      { number: closed, code: "faster" },
    ]);
    expect((await links(leading)).merged.map(({ number }: { number: string }) => number)).toEqual([one]);
    expect((await links(two)).leading).toBeNull();
    expect((await staff.act("林晓", one, "unmerge", {})).status).toBe(200);
  });

  it("are merged once, also where the work was broken off in the middle and begun anew", async () => {
    const leading = await lamp();
    const others = [];
    for (let index = 0; index < 6; index += 1) others.push(await lamp());
    const { body } = await asked(others, leading);
    const leaving = new AbortController();
    const first = work(leaving);
    await expect.poll(() => events(leading), { interval: 5 }).not.toEqual([]);
    leaving.abort();
    await first;
    expect((await staff.ask("program", `GET /errands/${body.id}`)).body.state).toBe("waiting");
    const half = (await events(leading)).length;
    expect(half).toBeGreaterThan(0);
    await work();
    expect(await results(body.id)).toEqual(others.map((number) => ({ number, code: "done" })));
    expect(await events(leading)).toHaveLength(others.length);
    for (const number of others) {
      expect(await events(number)).toHaveLength(1);
      expect((await links(number)).leading).toBe(leading);
    }
  });

  it("do not go with a case that ended meanwhile: each says so, and none is changed", async () => {
    const [leading, one] = [await lamp(), await lamp()];
    const { body } = await asked([one], leading);
    await staff.act("林晓", leading, "close", { outcome: "explained", text: "按规定不能办" });
    await work();
    expect(await results(body.id)).toEqual([{ number: one, code: "leading-closed" }]);
    expect(await events(one)).toEqual([]);
  });
});

describe("a merge of many", () => {
  it("is refused as a whole where none can go with the leading one, or that has changed", async () => {
    const [leading, one] = [await lamp(), await lamp()];
    const bulk = async (into: string, intoVersion: string, who = "林晓") =>
      staff.ask(who, "POST /cases/bulk", {
        body: { action: { kind: "merge", into, intoVersion }, cases: await chosen([one]) },
      });
    expect(await bulk(leading, "c1")).toMatchObject({ status: 412, body: { code: "somebody-was-faster" } });
    expect((await bulk("2026-999999", "c1")).status).toBe(404);
    expect((await bulk(leading, "c1", "陈芳")).status).toBe(403);
    expect((await bulk(leading, "c1", "周强")).status).toBe(403);
    const action = { kind: "merge", into: leading, intoVersion: await etag(leading) };
    const all = { filter: { open: true }, count: 3 };
    expect((await staff.ask("林晓", "POST /cases/bulk", { body: { action, all } })).status).toBe(422);
    await staff.act("林晓", leading, "close", { outcome: "explained", text: "按规定不能办" });
    expect(await bulk(leading, await etag(leading))).toMatchObject({ status: 422, body: { code: "leading-closed" } });
    const look = (into: string, cases: object[], who = "林晓") =>
      staff.ask(who, "POST /cases/merge-preview", { body: { into, cases } });
    expect((await look(leading, await chosen([one]))).body.code).toBe("leading-closed");
    expect((await look("2026-999999", await chosen([one]))).status).toBe(404);
    expect((await look(leading, [])).status).toBe(422);
    const many = Array.from({ length: 21 }, () => ({ number: one, etag: "c1" }));
    expect((await look(one, many)).status).toBe(422);
    const sealed = await staff.newCase("accuser-2", "村支书收了好处，低保名额都给了亲戚");
    expect((await look(sealed, await chosen([one]))).body.code).toBe("sealed-apart");
  });
});
