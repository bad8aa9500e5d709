import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import { STAFF_CHANGES } from "../../domain/access/staff-change.ts";
import type { Contract } from "./operation.ts";

const moment = z.string().meta({ format: "date-time" });
const role = z.enum(ROLES);
const name = z.string().trim().min(1).max(64);
const stations = z
  .array(z.string().min(1).max(64))
  .max(100)
  .describe("Codes of stations; of role station alone they count.");
const deputyCode = z.string().min(1).max(64).nullable().describe("Who they are themselves as a deputy; null for most.");
const one = z.object({ id: z.uuid() });

const member = z
  .object({
    id: z.uuid(),
    etag: z.string().describe("What `If-Match` takes: `v3`."),
    name: z.string(),
    email: z.string(),
    role,
    stations: z.array(z.string()),
    deputyCode: z.string().nullable(),
    state: z
      .enum(["invited", "active", "locked", "ended"])
      .describe("Invited: without a password. Locked: after too many wrong ones, for a quarter of an hour."),
    hasSecondFactor: z.boolean(),
    invitedBy: z.string().nullable(),
    createdAt: moment,
    lastSeenAt: moment.nullable().describe("Of the newest session that is still open."),
    endedAt: moment.nullable(),
  })
  .meta({ id: "StaffMember" });

const token = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role,
    sealed: z.boolean().describe("Whether sealed cases exist for it; by the command line alone."),
    createdAt: moment,
    expiresAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
    revokedAt: moment.nullable(),
  })
  .meta({ id: "Token" });

const change = z
  .object({
    seq: z.int(),
    at: moment,
    by: z.string(),
    what: z.enum(STAFF_CHANGES),
    name: z.string().describe("Of the person or the token."),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "StaffChange" });

const link = z.url().describe("Good for 72 hours and once; shown now and never again. Its code stands behind `#`.");
const TAKEN = "Address or name is somebody else's, a person's or a token's.";
const NOT_OWN = "Nobody does this to their own account.";

/** What an operator does to people and tokens: by a person alone, confirmed, and with an answer that is never kept. */
const OPERATOR_WRITES = { roles: ["operator"], peopleOnly: true, write: true, confirm: true, isSecret: true } as const;

/** The operations on the people of the office and on tokens. */
export const STAFF_CONTRACT = {
  "GET /staff": {
    summary: "List the people of the office",
    roles: ["operator", "auditor"],
    answer: z.object({ items: z.array(member) }),
  },
  "POST /staff": {
    summary: "Invite somebody",
    ...OPERATOR_WRITES,
    body: z.object({
      name,
      email: z.string().min(1).max(254),
      role,
      stations: stations.default([]),
      deputyCode: deputyCode.default(null),
    }),
    answer: z.object({ id: z.uuid(), link: link.nullable().describe("Null when the same was asked again.") }),
    status: 201,
    refusals: { 409: TAKEN },
  },
  "PATCH /staff/{id}": {
    summary: "Change name, role, stations, deputy",
    description: "A change of role or stations ends the person's sessions.",
    ...OPERATOR_WRITES,
    params: one,
    body: z.object({
      name: name.optional(),
      role: role.optional(),
      stations: stations.optional(),
      deputyCode: deputyCode.optional(),
    }),
    answer: member,
    match: true,
    refusals: { 403: NOT_OWN, 409: TAKEN },
  },
  "POST /staff/{id}/end": {
    summary: "End somebody's service",
    description: "Ends their sessions at once; their name stays in every ledger.",
    ...OPERATOR_WRITES,
    params: one,
    answer: member,
    refusals: { 403: NOT_OWN, 409: "It ended already." },
  },
  "POST /staff/{id}/unlock": {
    summary: "Let somebody sign in again before the pause after wrong passwords is over",
    ...OPERATOR_WRITES,
    params: one,
    answer: member,
  },
  "POST /staff/{id}/reset-second-factor": {
    summary: "Take away password and second factor, for somebody who lost one of them",
    description: "Ends their sessions. With the link they set both anew.",
    ...OPERATOR_WRITES,
    params: one,
    answer: z.object({ id: z.uuid(), link: link.nullable() }),
    refusals: { 403: NOT_OWN, 409: "Their service ended." },
  },
  "POST /staff/{id}/end-sessions": {
    summary: "End somebody's sessions",
    ...OPERATOR_WRITES,
    params: one,
    answer: member,
  },
  "GET /staff/changes": {
    summary: "What was changed about people and tokens, newest first",
    roles: ["operator", "auditor"],
    query: z.object({
      after: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ items: z.array(change), next: z.string().nullable() }),
  },
  "GET /tokens": {
    summary: "List the tokens, without their secrets",
    roles: ["operator", "auditor"],
    answer: z.object({ items: z.array(token) }),
  },
  "POST /tokens": {
    summary: "Make a token for a program",
    ...OPERATOR_WRITES,
    body: z.object({ name, role, days: z.int().min(1).max(3650).nullable().describe("Null: for ever.") }),
    answer: z.object({ name: z.string(), token: z.string().nullable().describe("Shown now and never again.") }),
    status: 201,
    refusals: { 403: "A token of role office is made on the command line (`command-line`).", 409: TAKEN },
  },
  "DELETE /tokens/{id}": {
    summary: "Revoke a token",
    roles: ["operator"],
    peopleOnly: true,
    params: one,
    answer: null,
    write: true,
    confirm: true,
  },
} as const satisfies Contract;
