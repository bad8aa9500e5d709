import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { askedOnce, caseBars } from "../../../db/schema/console.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
});

afterAll(() => staff.close());

const kept = () =>
  staff.office.db.database.inCounty(staff.office.county.id, (tx) => tx.select().from(askedOnce).orderBy(askedOnce.at));

it("says nothing more of a case that is kept from them since, and is forgotten after 48 hours", async () => {
  const { db, runtime, county, pass } = staff.office;
  const number = await staff.newCase("resident", "柳东村一组路灯不亮");
  const shown = await staff.ask("林晓", `GET /cases/${number}`);
  const wanted = { body: { text: "已去现场看过" }, match: shown.etag, key: randomUUID() };
  const path = `POST /cases/${number}/answer`;
  const first = await staff.ask("林晓", path, wanted);
  expect(first.status).toBe(200);
  expect(await staff.ask("林晓", path, wanted)).toEqual(first);
  await db.database.inCounty(county.id, async (tx) => {
    const [row] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.number, number));
    const [asked] = await tx.select().from(askedOnce).where(eq(askedOnce.key, wanted.key));
    const why = { by: "周敏", reason: "related", at: runtime.now() };
    const bar = { jurisdictionId: county.id, caseId: row!.id, personId: asked!.callerId, ...why };
    await tx.insert(caseBars).values(bar);
  });
  expect((await staff.ask("林晓", path, wanted)).status).toBe(404);
  await tick(runtime, county.id);
  expect((await kept()).length).toBeGreaterThan(0);
  await pass(49 * 60 * 60_000);
  await tick(runtime, county.id);
  expect(await kept()).toEqual([]);
});

it("belongs to whoever made it: another person's own change with the same key is another one", async () => {
  await staff.person("周敏", "office");
  const [mine, theirs] = [
    await staff.newCase("one", "柳东村一组水管漏水"),
    await staff.newCase("two", "柳东村一组桥栏断了"),
  ];
  const key = randomUUID();
  const answer = async (name: string, number: string) => {
    const { etag } = await staff.ask(name, `GET /cases/${number}`);
    return { body: { text: `已转办 ${number}` }, match: etag, key };
  };
  const [first, second] = [await answer("林晓", mine), await answer("周敏", theirs)];
  const done = await staff.ask("林晓", `POST /cases/${mine}/answer`, first);
  expect(done.status).toBe(200);
  expect((await staff.ask("周敏", `POST /cases/${theirs}/answer`, second)).status).toBe(200);
  expect(await staff.ask("林晓", `POST /cases/${mine}/answer`, first)).toEqual(done);
});
