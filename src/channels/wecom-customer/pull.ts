import type { Pulled, SenderServices } from "../channel.ts";
import type { Answered, ErrcodeApi } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";
import { keepCode } from "./codes.ts";
import { readRow } from "./inbound.ts";

type From = { readonly key: string; readonly cursor: string; readonly hint: string | null };

const SYNC = "/cgi-bin/kf/sync_msg";
/** Few enough to be stored at once; the platform gives up to a thousand. */
const ROWS = 200;
/** Rest after what somebody must mend. */
const MENDING_MS = 60_000;

/**
 * Fetches the next page of a customer-service account. The token of the callback, which lives for ten minutes, makes it cheap; where it is
 * not taken the page is fetched without it. Codes that came along are kept for the next words to their people.
 */
export async function pullPage(api: ErrcodeApi, { store, now }: SenderServices, from: From): Promise<Pulled> {
  const answer = await syncFrom(api, from);
  if (!answer.ok) {
    const { failure } = answer;
    const retryAfterMs = failure.outcome === "retry" ? failure.afterMs : MENDING_MS;
    return { ok: false, reason: failure.reason, retryAfterMs };
  }
  const { next_cursor: next, has_more: more, msg_list: list } = answer.fields;
  const rows: unknown[] = Array.isArray(list) ? list : [];
  const read = rows.flatMap((row) => (isFields(row) ? [readRow(row, from.key, now())] : []));
  for (const { code } of read) if (code !== null) await keepCode(store, code, now());
  const messages = read.flatMap(({ message }) => message ?? []);
  const cursor = typeof next === "string" && next !== "" ? next : from.cursor;
  return { ok: true, messages, cursor, more: String(more) === "1" };
}

async function syncFrom(api: ErrcodeApi, { key, cursor, hint }: From): Promise<Answered | Failed> {
  const asked = { open_kfid: key, limit: ROWS, voice_format: 0, ...(cursor !== "" && { cursor }) };
  const answer = await api.request(SYNC, { ...asked, ...(hint !== null && { token: hint }) });
  const isOfHint = hint !== null && !answer.ok && answer.code !== null && answer.failure.outcome === "refused";
  return isOfHint ? api.request(SYNC, asked) : answer;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
