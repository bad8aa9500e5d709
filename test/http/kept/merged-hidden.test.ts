import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { takeAllApart } from "../../../src/casework/actions/take-apart.ts";
import { lockCase } from "../../../src/casework/cases/load.ts";
import { record } from "../../../src/casework/cases/record.ts";
import { openTurn } from "../../../src/casework/turn/open-turn.ts";
import { finishTurn } from "../../../src/casework/turn/turn.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;
let leading = "";
let led = "";
let serial = 0;
const related = { id: "0190a1b2-0000-7000-8000-0000000000aa" };

const shown = async (number: string, who = "林晓") => (await staff.ask(who, `GET /cases/${number}`)).body;
const inCounty = <T>(work: Parameters<StaffApi["office"]["db"]["database"]["inCounty"]>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work) as Promise<T>;
const rowOf = async (number: string) =>
  (
    await inCounty<{ id: string; conversationId: string; deputyId: string | null }[]>((tx) =>
      tx
        .select({ id: cases.id, conversationId: cases.conversationId, deputyId: cases.deputyId })
        .from(cases)
        .where(eq(cases.number, number)),
    )
  )[0]!;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("林晓", "office");
  await staff.person("亲戚", "office", related);
});
afterAll(() => staff.close());

beforeEach(async () => {
  serial += 1;
  leading = await staff.newCase(`first-${serial}`, "锦绣家园小区电梯停了三天");
  led = await staff.newCase(`second-${serial}`, "锦绣家园电梯坏了，老人下不了楼");
  const [one, other] = [await shown(led), await shown(leading)];
  const merged = await staff.ask("林晓", `POST /cases/${led}/merge`, {
    match: `"${one.etag}"`,
    body: { into: leading, intoVersion: other.etag },
  });
  expect(merged.status).toBe(200);
});

/** As if the version before had sealed it, without taking it apart. */
const sealAlone = () => inCounty((tx) => tx.update(cases).set({ sealed: true }).where(eq(cases.number, led)));
async function bar(): Promise<void> {
  const { id: caseId } = await rowOf(led);
  const row = { jurisdictionId: staff.office.county.id, caseId, personId: related.id, by: "办公室", reason: "亲属" };
  await inCounty((tx) => tx.insert(caseBars).values({ ...row, at: new Date() }));
}

it("no event of a case names another one that does not exist for its reader", async () => {
  expect(JSON.stringify((await shown(leading)).events)).toContain(led);
  await bar();
  expect(JSON.stringify(await shown(leading, "亲戚"))).not.toContain(led);
  expect(JSON.stringify((await shown(leading)).events)).toContain(led);
  await sealAlone();
  const page = await shown(leading);
  expect(JSON.stringify(page)).not.toContain(led);
  expect(page.events.map(({ type }: { type: string }) => type)).toContain("merged");
});

it("an answer to the leading one tells nobody of another one that does not exist for them", async () => {
  const answer = (who: string) => staff.act(who, leading, "answer", { text: "电梯公司明天来", preview: true });
  await bar();
  const kept = await answer("亲戚");
  expect(kept.status).toBe(200);
  expect(JSON.stringify(kept.body)).toContain(leading);
  expect(JSON.stringify(kept.body)).not.toContain(led);
  expect(JSON.stringify((await answer("林晓")).body)).toContain(led);
});

it("an answer to the leading one does not reach a case that is sealed and still goes with it", async () => {
  await sealAlone();
  await staff.office.work();
  const before = staff.office.sent.length;
  const done = await staff.act("林晓", leading, "answer", { text: "电梯公司后天来" });
  expect(JSON.stringify(done.body)).not.toContain(led);
  await staff.office.work();
  const told = staff.office.sent.slice(before).filter(({ to }) => to === `second-${serial}`);
  expect(told.map(({ text }) => text).join()).not.toContain("后天来");
});

it("taking a case apart writes nothing over what became of the leading one meanwhile", async () => {
  const { runtime, county } = staff.office;
  const subject = await rowOf(led);
  await runtime.database.inCounty(county.id, async (tx) => {
    const turn = (await openTurn(runtime, tx, subject.conversationId, "林晓"))!;
    const locked = await lockCase(turn, subject.id);
    await takeAllApart(turn, locked);
    // Somebody else closes the leading case before this is written.
    await runtime.database.inCounty(county.id, async (other) => {
      const { id, conversationId } = await rowOf(leading);
      const theirs = (await openTurn(runtime, other, conversationId, "亲戚"))!;
      const ahead = await lockCase(theirs, id);
      const details = { outcome: "explained" } as const;
      record(theirs, ahead, "closed", "office", details, { outcome: "explained", closedAt: theirs.now });
      await finishTurn(theirs);
    });
    await finishTurn(turn);
  });
  expect(await shown(leading)).toMatchObject({ state: "closed", outcome: "explained" });
  const types = (await shown(leading)).events.map(({ type }: { type: string }) => type);
  expect(types).toEqual(expect.arrayContaining(["unmerged", "closed"]));
});

it("a deed to two cases is noted of both", async () => {
  await staff.person(`赵敏-${serial}`, "office");
  const who = `赵敏-${serial}`;
  const page = await shown(led, who);
  const done = await staff.ask(who, `POST /cases/${led}/unmerge`, { match: `"${page.etag}"`, body: {} });
  expect(done.status).toBe(200);
  const ids = [(await rowOf(leading)).id, (await rowOf(led)).id];
  const acts = await inCounty<{ n: number }[]>((tx) =>
    tx.execute(sql`select count(*)::int as n from case_acts a join ${cases} on ${cases.id} = a.case_id
      where ${inArray(cases.id, ids)} and a.caller_id in (select caller_id from readings where caller_name = ${who})`),
  );
  expect(acts).toEqual([{ n: 2 }]);
  const read = await inCounty<{ n: number }[]>((tx) =>
    tx.execute(sql`select count(distinct case_id)::int as n from readings join ${cases} on ${cases.id} = case_id
      where caller_name = ${who} and ${inArray(cases.id, ids)}`),
  );
  expect(read).toEqual([{ n: 2 }]);
});
