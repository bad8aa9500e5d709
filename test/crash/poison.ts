import postgres from "postgres";
import type { Environment } from "./environment.ts";

/**
 * Puts a row into the inbox that breaks whoever opens it, as the row of a person of its own.
 * @returns its dedupe key
 */
export async function plantPoison({ cluster, counties, serviceNow }: Environment, index: number): Promise<string> {
  const county = index % 2 === 0 ? "qinghe" : "baishi";
  const accountId = counties.accountIds.get(county) ?? "";
  const key = `poison_${index}`;
  const sql = postgres(cluster.url(), { max: 1, onnotice: () => undefined });
  try {
    await sql`
      insert into inbox (jurisdiction_id, account_id, peer, dedupe_key, kind, payload, received_at)
      values (${counties.ids.get(county) ?? ""}, ${accountId}, ${counties.vault.blindIndex(`o_${key}`, accountId)},
        ${key}, 'text', ${Buffer.from("these bytes were never sealed")}, ${serviceNow()})`;
  } finally {
    await sql.end({ timeout: 1 });
  }
  return key;
}
