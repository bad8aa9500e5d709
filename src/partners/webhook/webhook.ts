import { z } from "zod";
import { exchange } from "../exchange.ts";
import type { HandoverMessage, Partner, PartnerAccount, Understood } from "../partner.ts";
import { signedHeaders, verifiedId } from "./signature.ts";

/** The types of messages, by what they are about. */
const TYPES = {
  handed_over: "case.handed_over",
  reopened: "case.reopened",
  taken_back: "case.taken_back",
  corrected: "case.corrected",
  taken_out: "case.matter_taken_out",
} as const;

/** Longer than anything that is read; what is longer is cut off where it is taken over. */
const TEXT_LIMIT = 4000;

const callback = z.object({
  type: z.literal("case.status"),
  data: z.object({
    number: z.string().max(40),
    externalId: z.union([z.string(), z.number()]).nullish(),
    status: z.string().min(1).max(100),
    text: z.string().nullish(),
    at: z.iso.datetime({ offset: true }).nullish(),
    final: z.boolean().nullish(),
  }),
});

/** The partner that gets webhooks and sends webhooks, both signed by Standard Webhooks 1.0. */
export const webhook: Partner = {
  type: "webhook",
  async send(account, message, means) {
    const body = JSON.stringify(bodyOf(account, message));
    const headers = signedHeaders(account.secret, message.id, means.now(), body);
    const done = await exchange(means, account.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    if (!done.ok) return done;
    return { ok: true, status: done.status, externalId: numberIn(done.body), token: null };
  },
  poll: null,
  understand({ secret }, { headers, body }, times): Understood {
    const id = verifiedId(secret, headers, body, times);
    if (id === null) return { kind: "unsigned" };
    const read = callback.safeParse(jsonIn(Buffer.from(body).toString("utf8")));
    if (!read.success) return { kind: "unreadable", id };
    const { number, externalId, status, text, at, final } = read.data.data;
    return {
      kind: "news",
      id,
      news: {
        number,
        externalId: externalId == null ? null : String(externalId).slice(0, 200),
        code: status,
        text: (text ?? "").slice(0, TEXT_LIMIT),
        at: at == null ? null : new Date(at),
        isFinal: final === true,
      },
    };
  },
};

function bodyOf({ replyUrl, name }: PartnerAccount, message: HandoverMessage) {
  const { kind, number, county, madeAt } = message;
  const head = { type: TYPES[kind], timestamp: madeAt.toISOString() };
  const reply = replyUrl === null ? null : `${replyUrl}/webhooks/partners/${name}`;
  if (kind === "taken_back") return { ...head, data: { number, county, externalId: message.externalId, reply } };
  const { category, grid, township, place, text, priority, receivedOn, dueOn, externalId } = message;
  const data = { number, county, category, grid, township, place, text, priority, receivedOn, dueOn, photos: 0, reply };
  if (kind === "handed_over") return { ...head, data };
  const { changed } = message;
  return { ...head, data: { ...data, externalId, ...(changed !== null && { changed }) } };
}

/** The number that the other side gives the matter at once, where its answer has one. */
function numberIn(body: string): string | null {
  const answer = jsonIn(body);
  const number = typeof answer === "object" && answer !== null && "externalId" in answer ? answer.externalId : null;
  return typeof number === "string" || typeof number === "number" ? String(number).slice(0, 200) : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
