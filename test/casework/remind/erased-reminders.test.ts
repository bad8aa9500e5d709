import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import { contentOf } from "../../../src/casework/outbox/content.ts";
import { remindersOf } from "../../../src/casework/outbox/withdraw.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { workdayFrom } from "../../../src/domain/calendar/months.ts";
import { type Office, openOffice } from "../office.ts";

/** So many reminders there were of other deputies' cases. */
const HISTORY = 20_000;
const FEW_ROWS = 50;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.bind("deputy", "D001");
});
afterAll(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const untilMorning = (days: number) => {
  const now = office.runtime.now();
  const day = workdayFrom(addDays(dayIn(now, "Asia/Shanghai"), days), {});
  return Date.parse(`${day}T10:00:00+08:00`) - now.getTime();
};

describe("the reminders of a case whose resident has their words erased", () => {
  it("lose them, and are found without a look at those of others", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    const [subject] = await rows((tx) => tx.select().from(cases));
    const { id, number } = subject!;
    for (let day = 0; day < 3; day += 1) await office.pass(untilMorning(4));
    const named = await rows((tx) => tx.select().from(digests));
    expect(named.length).toBeGreaterThan(0);
    const reminding = async () =>
      (await rows((tx) => tx.select().from(outbox).where(remindersOf(id)))).map(
        (row) => contentOf(office.runtime, row).text,
      );
    expect((await reminding()).join("\n")).toContain("路灯坏了");

    await rows(async (tx) => {
      await tx.execute(sql`
        insert into deputies (id, jurisdiction_id, code, name, level)
        select gen_random_uuid(), ${office.county.id}, 'X' || n, '代表' || n, 'county' from generate_series(1, 100) n`);
      await tx.execute(sql`
        insert into digests (jurisdiction_id, deputy_id, on_day, case_ids, outbox_id, at)
        select ${office.county.id}, d.id, date '2020-01-01' + n, array[gen_random_uuid()], gen_random_uuid(), now()
        from deputies d, generate_series(1, ${HISTORY / 100}::int) n where d.code like 'X%'`);
    });
    const looked = await rows(async (tx) => {
      await tx.select({ id: outbox.id }).from(outbox).where(remindersOf(id));
      const [read] = await tx.execute<{ rows: number }>(sql`
        select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = 'digests'`);
      return read?.rows ?? 0;
    });
    expect(looked).toBeLessThan(FEW_ROWS);

    await office.say("deputy", `转办 ${Number(number.slice(5))} D002，他熟悉`);
    await office.say("deputy", "列表");
    await office.say("resident", "撤回");
    await office.say("resident", "删除我的数据");
    await office.say("resident", "1");
    const [erased] = await rows((tx) => tx.select().from(cases).where(eq(cases.id, id)));
    expect(erased?.summary).toBe("");
    expect((await reminding()).join("")).not.toContain("路灯");
    expect((await reminding()).length).toBeGreaterThan(0);
  });
});
