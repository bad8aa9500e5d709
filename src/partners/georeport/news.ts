import { exchange } from "../exchange.ts";
import type { Means, OpenMatter, PartnerAccount, PartnerNews, PollResult } from "../partner.ts";
import { type Entry, firstOf, listIn, momentOf, textOf } from "./read.ts";

/** So many requests are asked for at once: their numbers stand in an address. */
const AT_ONCE = 50;
const TEXT_LIMIT = 4000;

type Failed = Extract<PollResult, { readonly ok: false }>;

/**
 * Asks a GeoReport server for news of open service requests: the number of each that has only a token so far, the status of each, and
 * its updates where the server offers them.
 *
 * A call that fails ends the asking: whatever was not answered is asked for again at the next poll.
 */
export async function askForNews(
  account: PartnerAccount,
  since: Date,
  open: readonly OpenMatter[],
  means: Means,
): Promise<PollResult> {
  const numbered: { id: string; externalId: string }[] = [];
  for (const { id, token } of open.filter((one) => one.externalId === null)) {
    if (token === null) continue;
    const answered = await get(account, `tokens/${encodeURIComponent(token)}.json`, {}, means);
    if (!answered.ok) return answered;
    const externalId = textOf(firstOf(answered.body)?.service_request_id);
    if (externalId !== null) numbered.push({ id, externalId });
  }
  const known = [...open.flatMap(({ externalId }) => externalId ?? []), ...numbered.map((one) => one.externalId)];
  const news: PartnerNews[] = [];
  let status = 200;
  for (let from = 0; from < known.length; from += AT_ONCE) {
    const numbers = known.slice(from, from + AT_ONCE);
    const answered = await get(account, "requests.json", { service_request_id: numbers.join(",") }, means);
    if (!answered.ok) return answered;
    status = answered.status;
    const listed = listIn(answered.body);
    if (listed === null) return { ok: false, status, reason: "unreadable-answer" };
    news.push(...listed.flatMap((entry) => newsIn(entry, numbers, entry.status_notes)));
  }
  if (known.length === 0) return { ok: true, status, numbered, news };
  const updates = await updatesOf(account, since, known, means);
  // Where there are updates, they say more than the state of the request, and come in their order.
  return { ok: true, status, numbered, news: [...updates, ...news] };
}

async function updatesOf(
  account: PartnerAccount,
  since: Date,
  known: readonly string[],
  means: Means,
): Promise<readonly PartnerNews[]> {
  const range = { start_date: since.toISOString(), end_date: means.now().toISOString() };
  const answered = await get(account, "servicerequestupdates.json", range, means);
  const listed = answered.ok ? listIn(answered.body) : null;
  return (listed ?? []).flatMap((entry) => newsIn(entry, known, entry.description));
}

function newsIn(entry: Entry, known: readonly string[], words: unknown): PartnerNews[] {
  const externalId = textOf(entry.service_request_id);
  const code = textOf(entry.status)?.toLowerCase();
  if (externalId === null || code === undefined || !known.includes(externalId)) return [];
  const text = (textOf(words) ?? "").slice(0, TEXT_LIMIT);
  return [{ number: null, externalId, code, text, at: momentOf(entry.updated_datetime), isFinal: false }];
}

async function get(
  { url, jurisdictionCode }: PartnerAccount,
  path: string,
  query: Record<string, string>,
  means: Means,
): Promise<{ readonly ok: true; readonly status: number; readonly body: string } | Failed> {
  const asked = new URLSearchParams({ jurisdiction_id: jurisdictionCode, ...query });
  return exchange(means, `${url}/${path}?${asked}`, { method: "GET" });
}
