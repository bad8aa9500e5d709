import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { BY_PERSON } from "../../domain/case/desk.ts";

/** Notes that somebody told a person themselves what waited for them, by telephone or face to face. @param which of the outbox */
export async function toldByPerson(tx: Transaction, which: SQL, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    with told as (
      update ${outbox} set state = 'delivered', settled_at = ${at}, reason = null, awaits_contact = false
      where ${which} and ${outbox.state} = 'waiting' returning ${outbox.id}, ${outbox.jurisdictionId})
    insert into attempts (id, jurisdiction_id, outbox_id, rung, started_at, ended_at, outcome)
    select gen_random_uuid(), jurisdiction_id, id, ${BY_PERSON}, ${at}, ${at}, 'delivered' from told`);
}
