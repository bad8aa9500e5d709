import { z } from "zod";
import { CASE_NUMBER } from "../../../domain/case/case.ts";
import { DELIVERY_REASONS, DELIVERY_STATUSES } from "../../../domain/messages/delivery-reason.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const count = z.int().min(0);
const one = z.object({ id: z.uuid() });
const code = z.string().min(1).max(130);
const why = z.string().trim().min(1).max(500);
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const status = z
  .enum(DELIVERY_STATUSES)
  .describe(
    "delivered: the platform took it, whether or not anybody read it. uncertain: it may have arrived, and is never sent again by itself.",
  );
const reason = z.enum(DELIVERY_REASONS);
const acts = z.enum(["nobody", "office", "operator"]).describe("Who has to do something about it.");

const filter = {
  state: status.optional(),
  station: code.optional().describe("A station's code."),
  account: code.optional().describe("The channel and the account's name, such as `wechat/qinghe`."),
  settled: flag
    .optional()
    .describe("true: those that somebody put aside or that were told again, instead of the others."),
  sealed: flag.optional().describe("true: those of sealed cases alone; for the office."),
};

const delivery = z
  .object({
    id: z.string(),
    status,
    reason,
    platformCode: z.string().nullable().describe("The platform's own number for it."),
    acts,
    kind: z.string(),
    isDanger: z.boolean(),
    to: z.object({
      party: z.enum(["resident", "deputy"]),
      name: z.string().nullable().describe("A deputy's; a resident is never named."),
    }),
    case: z
      .string()
      .nullable()
      .describe("Null where it is about none, and for operators, for whom cases do not exist."),
    station: z.string().nullable(),
    account: z.string().nullable(),
    rung: z.string().nullable().describe("By which way it was tried last."),
    attempts: count,
    createdAt: moment,
    lastTriedAt: moment.nullable(),
    nextTryAt: moment.nullable(),
    settled: z.enum(["put-aside", "told-again"]).nullable(),
  })
  .meta({ id: "Delivery" });

const stuck = z
  .object({
    id: z.string(),
    state: z.enum(["stuck", "failing", "waiting", "quarantined"]),
    danger: z.boolean(),
    since: moment,
    tries: count,
    reason: z.string().nullable().describe("What failed, as the service noted it."),
  })
  .meta({ id: "StuckMessage" });

const ALL = ["office", "station", "auditor", "operator"] as const;
const NOT_SO =
  "It cannot be done now: `arrived`, `sending`, `unbound`, `put-aside-before`, `may-have-arrived` (say `knowingly`), `office-decides`, `in-trial`.";

/** The most deliveries about which one request may decide. */
const MOST = 50;

/** The operations on outgoing messages that have not arrived, and on incoming ones that could not be processed. */
export const DELIVERIES = {
  "GET /deliveries": {
    summary: "List what has not arrived, what waits longest first",
    description:
      "A station's are those of its cases. Without `case` nothing that arrived is listed; with it, everything that was to be sent about that case.",
    roles: ALL,
    query: z.object({
      ...filter,
      reason: reason.optional(),
      case: z.string().regex(CASE_NUMBER).optional(),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: z.object({
      items: z.array(delivery),
      next: z.string().nullable().describe("Give it as `after`; null on the last page."),
      total: z.object({ value: count, isMore: z.boolean() }).describe("Counted to 1,000."),
      asOf: moment,
    }),
    refusals: { 422: "A cursor that is none (`cursor`)." },
  },
  "GET /deliveries/reasons": {
    summary: "Count what has not arrived by status and reason",
    roles: ALL,
    query: z.object(filter),
    answer: z.object({
      groups: z.array(z.object({ status, reason, acts, count, oldestAt: moment })),
      asOf: moment,
    }),
  },
  "GET /deliveries/{id}": {
    summary: "Show what happened to one message",
    roles: ALL,
    params: one,
    answer: delivery
      .extend({
        history: z.array(
          z.object({
            rung: z.string(),
            startedAt: moment,
            endedAt: moment.nullable(),
            outcome: z.enum(["pending", "delivered", "uncertain", "retry", "refused", "moved"]),
            reason,
            platformCode: z.string().nullable(),
            movedTo: z.string().nullable().describe("The channel of the chat to which it was given; null for a call."),
          }),
        ),
        decisions: z.array(
          z.object({
            action: z.enum(["retry", "put-aside", "open-case"]),
            reason: z.string().nullable(),
            by: z.string(),
            at: moment,
          }),
        ),
        repeats: z.string().nullable().describe("The message that this one tells again."),
        repeatedBy: z.string().nullable(),
      })
      .meta({ id: "DeliveryHistory" }),
    refusals: { 404: "It is not there, or not for the caller." },
  },
  "POST /deliveries/{id}/retry": {
    summary: "Try to send a message again",
    description:
      "What may have arrived is sent again by the office alone, and only `knowingly`: it may then arrive twice.",
    roles: ["office", "operator"],
    params: one,
    body: z.strictObject({ knowingly: z.boolean().optional() }),
    answer: delivery,
    write: true,
    refusals: { 409: NOT_SO },
  },
  "POST /deliveries/{id}/put-aside": {
    summary: "Put a message aside, which is not tried again then",
    roles: ["office", "operator"],
    params: one,
    body: z.strictObject({ reason: why }),
    answer: delivery,
    write: true,
    refusals: { 409: NOT_SO },
  },
  "POST /deliveries/bulk": {
    summary: "Decide about several messages, with a result for each",
    description: "What may have arrived is never sent again so: that is decided one by one.",
    roles: ["office", "operator"],
    body: z.union([
      z.strictObject({ ids: z.array(z.uuid()).min(1).max(MOST), action: z.literal("retry") }),
      z.strictObject({ ids: z.array(z.uuid()).min(1).max(MOST), action: z.literal("put-aside"), reason: why }),
    ]),
    answer: z.object({
      results: z.array(
        z.object({
          id: z.string(),
          code: z
            .enum([
              "done",
              "not-here",
              "arrived",
              "sending",
              "unbound",
              "may-have-arrived",
              "office-decides",
              "in-trial",
              "put-aside-before",
            ])
            .describe("done, or why nothing was done."),
        }),
      ),
    }),
    write: true,
  },
  "GET /stuck": {
    summary: "List incoming messages that could not be processed, without their words",
    description: "Dangers to life first, then the oldest; at most 1,000.",
    roles: ["office", "auditor", "operator"],
    answer: z.object({ items: z.array(stuck), asOf: moment }),
  },
  "POST /stuck/{id}/retry": {
    summary: "Try to process a message again",
    roles: ["operator"],
    params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
    body: z.strictObject({}),
    answer: null,
    write: true,
    refusals: { 409: "There is nothing to do about it: `cannot-be-read`, `nothing-to-do`." },
  },
  "POST /stuck/{id}/put-aside": {
    summary: "Put a message aside, so that those behind it go on",
    roles: ["operator"],
    params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
    body: z.strictObject({ reason: why }),
    answer: null,
    write: true,
    refusals: { 409: "There is nothing to do about it: `nothing-to-do`." },
  },
} as const satisfies Contract;
