import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { readings } from "../../../db/schema/console.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  await staff.program("trusted", "office", { sealed: true });
});

afterAll(() => staff.close());

const readingsOf = (number: string) =>
  staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
    tx
      .select({ who: readings.callerName, what: readings.what })
      .from(readings)
      .innerJoin(cases, eq(cases.id, readings.caseId))
      .where(eq(cases.number, number))
      .orderBy(readings.seq),
  );

it("is written down of a preview and of a refusal that tells what happened, which change nothing", async () => {
  const number = await staff.newCase("resident-5", "柳东村一组路灯坏了三盏");
  const { etag } = await staff.ask("林晓", `GET /cases/${number}`);
  const body = { office: true, reason: "由县里办", preview: true };
  const seen = await staff.ask("赵敏", `POST /cases/${number}/move`, { body, match: etag });
  expect([seen.status, seen.body.told.length > 0]).toEqual([200, true]);
  expect((await staff.ask("赵敏", `GET /cases/${number}`)).etag).toBe(etag);
  expect(await readingsOf(number)).toEqual([
    { who: "林晓", what: "case" },
    { who: "赵敏", what: "case" },
  ]);
  const sealed = await staff.newCase("accuser-5", "村支书收了好处，低保名额都给了亲戚");
  const late = { body: { text: "收到" }, match: '"c1"' };
  const refused = await staff.ask("trusted", `POST /cases/${sealed}/answer`, late);
  expect([refused.status, refused.body.since.length > 0]).toEqual([412, true]);
  expect(await readingsOf(sealed)).toEqual([{ who: "trusted", what: "sealed" }]);
});

it("says of a case that only counts as sealed that it is, so that no page looks at it by itself", async () => {
  const number = await staff.newCase("accuser-6", "柳东村二组的水管漏水");
  await staff.newCase("accuser-6", "王建国代表收了施工队的红包");
  expect((await staff.ask("trusted", `GET /cases/${number}`)).body.sealed).toBe(true);
});
