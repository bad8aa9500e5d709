import { z } from "zod";
import {
  EXCHANGE_DIRECTIONS,
  EXCHANGE_OUTCOMES,
  PARTNER_MESSAGE_KINDS,
  PARTNER_STATUSES,
  PARTNER_TYPES,
} from "../../../domain/acts/partner.ts";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const count = z.int().min(0);
const name = z.string().min(1).max(40);
const map = z.record(z.string().min(1).max(100), z.string().min(1).max(100));

const partner = z
  .object({
    name,
    etag: z.string().describe("What `If-Match` takes; `new` for one that is not there yet."),
    type: z.enum(PARTNER_TYPES),
    url: z.string(),
    unit: z.string().describe("The code of the unit for which it speaks."),
    unitName: z.string(),
    addedAt: moment,
    pausedAt: moment.nullable(),
    restsUntil: moment.nullable().describe("Until when it is left alone, for it did not answer many times in a row."),
    failures: count.describe("Calls in a row that failed."),
    waiting: count.describe("Messages that have not left yet."),
    sent: count,
    failed: count.describe("Messages that were given up after all their tries."),
    lastSentAt: moment.nullable(),
    lastHeardAt: moment.nullable(),
    reply: z.string().describe("The address to be entered there."),
  })
  .meta({ id: "Partner" });

const failed = z
  .object({
    id: z.uuid(),
    partner: name,
    unitName: z.string(),
    case: z.string().regex(CASE_NUMBER),
    kind: z.enum(PARTNER_MESSAGE_KINDS),
    tries: count,
    since: moment,
    reason: z.string().nullable().describe("A code: `no-answer-in-time`, `not-reachable`, `redirect`, `http-500`."),
  })
  .meta({ id: "PartnerFailure" });

const exchange = z
  .object({
    id: z.string(),
    at: moment,
    direction: z.enum(EXCHANGE_DIRECTIONS).describe("`out`: sent there; `in`: its call; `poll`: asked there."),
    status: z.int().nullable(),
    outcome: z.enum(EXCHANGE_OUTCOMES),
    reason: z
      .string()
      .nullable()
      .describe("A code, never words: theirs of a state that nobody explained, or why it failed."),
    case: z.string().nullable().describe("Null also for a case that does not exist for the caller."),
  })
  .meta({ id: "PartnerExchange" });

const READ = ["office", "operator", "auditor"] as const;
const NOT_THERE = { 404: "There is no such partner." } as const;

/** The operations on the case systems of others, to which cases are handed over and from which news comes back. */
export const PARTNERS_CONTRACT = {
  "GET /partners": {
    summary: "List the other case systems, how they answer, and what could not be sent",
    roles: READ,
    answer: z.object({ items: z.array(partner), failed: z.array(failed), asOf: moment }),
  },
  "PUT /partners/{name}": {
    summary: "Connect another case system, or give it another address and secret",
    description: "A secret that is left out stays as it is. Deputies hand over to it by `title` or one of `short`.",
    roles: ["operator"],
    peopleOnly: true,
    params: z.object({ name }),
    body: z.strictObject({
      type: z.enum(PARTNER_TYPES),
      url: z.string().max(500),
      secret: z.string().min(1).max(500).optional(),
      title: z.string().trim().min(1).max(40).optional(),
      short: z.array(z.string().trim().min(1).max(20)).max(10).optional(),
      unit: z.string().min(1).max(64).optional().describe("A unit that is there already and whose system it is."),
      jurisdiction: z.string().min(1).max(64).optional(),
      services: map.optional().describe("Their codes of services by our categories; `*` for the others."),
      statusMap: z.record(z.string().min(1).max(100), z.enum(PARTNER_STATUSES)).optional(),
    }),
    answer: partner,
    write: true,
    match: true,
    confirm: true,
    refusals: { 422: "Something is not right: `findings` names it, and quotes no secret." },
  },
  "POST /partners/{name}/pause": {
    summary: "Send nothing more to a partner until it is resumed",
    description: "What it says still counts, and what is handed over meanwhile waits.",
    roles: ["office", "operator"],
    params: z.object({ name }),
    body: z.strictObject({}),
    answer: partner,
    write: true,
    match: true,
    refusals: NOT_THERE,
  },
  "POST /partners/{name}/resume": {
    summary: "Go on sending to a partner",
    roles: ["office", "operator"],
    params: z.object({ name }),
    body: z.strictObject({}),
    answer: partner,
    write: true,
    match: true,
    refusals: NOT_THERE,
  },
  "GET /partners/{name}/exchanges": {
    summary: "List the latest exchanges with a partner, without a word of what was said",
    roles: READ,
    params: z.object({ name }),
    answer: z.object({ items: z.array(exchange), asOf: moment }),
    refusals: NOT_THERE,
  },
  "POST /partner-messages/{id}/send-again": {
    summary: "Send once more what was given up after all its tries",
    description: "Under the same id, so that a system that has it already takes it for the same.",
    roles: ["office"],
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({}),
    answer: null,
    write: true,
    refusals: { 404: "There is no such message that was given up." },
  },
} as const satisfies Contract;
