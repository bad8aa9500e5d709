import type postgres from "postgres";
import type { Vault } from "../../db/vault.ts";
import { outboxPurpose } from "../../src/casework/outbox/content.ts";
import type { History, PromisedDay, Reminder } from "./history.ts";

/** Reads what was promised to residents, and who was reminded of it. */
export async function gatherReminders(
  sql: postgres.Sql,
  vault: Vault,
): Promise<Pick<History, "reminders" | "promises">> {
  const reminders = await sql<(Omit<Reminder, "at"> & { at: Date })[]>`
    select j.code as county, p.code as deputy, d.at,
      array(select c.number from cases c where c.id = any(d.case_ids) order by c.number) as cases
    from digests d join jurisdictions j on j.jurisdiction_id = d.jurisdiction_id join deputies p on p.id = d.deputy_id
    order by d.at`;
  const said = await saidLate(sql, vault);
  type Row = Omit<PromisedDay, "dueAt" | "settledAt" | "answeredAt" | "passedOnAt" | "saidAt"> & {
    id: string;
    dueAt: Date;
    settledAt: Date | null;
    answeredAt: Date | null;
    passedOnAt: Date | null;
  };
  const rows = await sql<Row[]>`
    select c.id, j.code as county, c.number, p.code as deputy, k.due_at as "dueAt",
      case when k.state in ('met', 'void') then k.settled_at end as "settledAt",
      exists (select from conversations v where v.deputy_id = c.deputy_id) as "hasChat",
      (select min(e.at) from case_events e where e.case_id = c.id and e.at >= k.started_at
        and e.type in ('replied', 'closed')) as "answeredAt",
      (select min(e.at) from case_events e where e.case_id = c.id and e.at >= k.due_at and e.type = 'escalated') as "passedOnAt"
    from case_clocks k join cases c on c.id = k.case_id join jurisdictions j on j.jurisdiction_id = c.jurisdiction_id
      left join deputies p on p.id = c.deputy_id
    where k.kind = 'reply' and k.state <> 'paused'`;
  return {
    reminders: reminders.map((one) => ({ ...one, at: one.at.toISOString() })),
    promises: rows.map(({ id, ...row }) => ({
      ...row,
      dueAt: row.dueAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      answeredAt: row.answeredAt?.toISOString() ?? null,
      passedOnAt: row.passedOnAt?.toISOString() ?? null,
      saidAt: said.get(id) ?? null,
    })),
  };
}

/** When the resident of a case was first told that its day had passed, by the case. */
async function saidLate(sql: postgres.Sql, vault: Vault): Promise<Map<string, string>> {
  const rows = await sql<{ caseId: string; county: string; at: Date; content: Buffer }[]>`
    select case_id as "caseId", jurisdiction_id as county, created_at as at, content from outbox
    where kind = 'courtesy' and case_id is not null and deputy_id is null order by seq`;
  const said = new Map<string, string>();
  for (const { caseId, county, at, content } of rows) {
    const { text } = JSON.parse(vault.open(content, outboxPurpose(county))) as { text: string };
    if (text.includes("对不住") && !said.has(caseId)) said.set(caseId, at.toISOString());
  }
  return said;
}
