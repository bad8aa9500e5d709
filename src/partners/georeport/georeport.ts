import { exchange } from "../exchange.ts";
import type { HandoverMessage, Means, Partner, PartnerAccount, SendResult } from "../partner.ts";
import { askForNews } from "./news.ts";
import { firstOf, listIn, textOf } from "./read.ts";

const HOUR_MS = 3_600_000;

/**
 * The partner that speaks GeoReport v2 (Open311).
 *
 * Its requests have no id of the sender's, so what may have arrived is looked for before it is sent again: each description
 * holds a reference that nothing else has.
 */
export const georeport: Partner = {
  type: "georeport",
  async send(account, message, means) {
    switch (message.kind) {
      case "handed_over":
        return open(account, message, means);
      case "reopened":
      case "taken_back":
      case "corrected":
      case "taken_out":
        return update(account, message, means);
    }
  },
  poll: askForNews,
  understand: () => ({ kind: "unsigned" }),
};

/** The reference by which a request is found again: the number of the case and the beginning and end of the message's id. */
function referenceOf({ number, id }: Pick<HandoverMessage, "number" | "id">): string {
  return `[${number} ${id.replaceAll("-", "")}]`;
}

async function open(account: PartnerAccount, message: HandoverMessage, means: Means): Promise<SendResult> {
  if (message.mayHaveArrived) {
    const found = await find(account, message, means);
    if (found !== null) return found;
  }
  const form = new URLSearchParams({
    api_key: account.secret,
    jurisdiction_id: account.jurisdictionCode,
    service_code: serviceOf(account, message.category),
    description: `${message.text}\n${referenceOf(message)}`,
    address_string: [message.township, message.place].filter((one) => one !== null && one !== "").join(" "),
  });
  if (message.middle !== null) {
    form.set("long", message.middle[0].toFixed(6));
    form.set("lat", message.middle[1].toFixed(6));
  }
  const done = await exchange(means, `${account.url}/requests.json`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "webhook-id": message.id },
    body: form.toString(),
  });
  if (!done.ok) return done;
  const answer = firstOf(done.body);
  const externalId = textOf(answer?.service_request_id);
  const token = textOf(answer?.token);
  // Without a number and a token nothing would ever be heard of it.
  if (externalId === null && token === null) return { ok: false, status: done.status, reason: "no-number-no-token" };
  return { ok: true, status: done.status, externalId, token };
}

/** @returns the request that arrived before, a failure where nobody can say, null where there is none */
async function find(account: PartnerAccount, message: HandoverMessage, means: Means): Promise<SendResult | null> {
  const query = new URLSearchParams({
    jurisdiction_id: account.jurisdictionCode,
    start_date: new Date(message.madeAt.getTime() - HOUR_MS).toISOString(),
    end_date: new Date(means.now().getTime() + HOUR_MS).toISOString(),
  });
  const done = await exchange(means, `${account.url}/requests.json?${query}`, { method: "GET" });
  const listed = done.ok ? listIn(done.body) : null;
  if (!done.ok || listed === null) {
    return { ok: false, status: done.status, reason: "not-known-whether-it-arrived" };
  }
  const found = listed.find(({ description }) => textOf(description)?.includes(referenceOf(message)) === true);
  const externalId = textOf(found?.service_request_id);
  return externalId === null ? null : { ok: true, status: done.status, externalId, token: null };
}

/** What happens to a request that is there already; only a part of such systems takes updates. */
async function update(account: PartnerAccount, message: HandoverMessage, means: Means): Promise<SendResult> {
  if (message.externalId === null) return { ok: false, status: null, reason: "no-number-yet" };
  const asked = { jurisdiction_id: account.jurisdictionCode, service_request_id: message.externalId };
  const known = await exchange(means, `${account.url}/requests.json?${new URLSearchParams(asked)}`, { method: "GET" });
  if (!known.ok) return known;
  if (textOf(firstOf(known.body)?.status)?.toLowerCase() === "closed") return closedThere(message, known.status);
  const form = new URLSearchParams({
    api_key: account.secret,
    jurisdiction_id: account.jurisdictionCode,
    service_request_id: message.externalId,
    update_id: message.id,
    status: message.kind === "taken_back" ? "CLOSED" : "OPEN",
    description: updateOf(message),
    updated_datetime: message.madeAt.toISOString(),
  });
  const done = await exchange(means, `${account.url}/servicerequestupdates.json`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "webhook-id": message.id },
    body: form.toString(),
  });
  return done.ok ? { ok: true, status: done.status, externalId: null, token: null } : done;
}

function updateOf({ kind, number, text, changed }: HandoverMessage): string {
  switch (kind) {
    case "taken_back":
      return `${number} 已收回`;
    case "corrected":
      return `${number} 居民更正：${changed ?? text}`;
    case "taken_out":
      return `${number} 有一件事另外登记，不用在这里办：${changed ?? ""}`;
    default:
      return text;
  }
}

/** A request that is closed there takes no update: what is taken back needs none, and of what is not done somebody has to be told otherwise. */
function closedThere({ kind }: HandoverMessage, status: number): SendResult {
  if (kind === "taken_back") return { ok: true, status, externalId: null, token: null };
  return { ok: false, status, reason: "closed-there", isFinal: true };
}

/** The code of a service there: of the category, else of `*`, else the category itself. */
function serviceOf({ services }: PartnerAccount, category: string | null): string {
  return services[category ?? "*"] ?? services["*"] ?? category ?? "other";
}
