import type { Hono } from "hono";
import type { Vault } from "../../../../db/vault.ts";
import { insertToken, readTokens, revokeTokenById } from "../../../casework/access/api-tokens.ts";
import { listStaffChanges } from "../../../casework/access/staff-changes.ts";
import {
  type Changing,
  changeStaff,
  endStaff,
  endStaffSessions,
  inviteAgain,
  inviteStaff,
  resetStaff,
  type StaffRefused,
  unlockStaff,
} from "../../../casework/staff/change-staff.ts";
import { listStaff, type StaffMember } from "../../../casework/staff/staff.ts";
import type { CallerEnv } from "../../auth.ts";
import { STAFF_CONTRACT } from "../../contract/staff.ts";
import type { Problem } from "../../problem.ts";
import { type Asked, notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

const DAY_MS = 86_400_000;

type Within = Pick<Asked, "tx" | "caller" | "now">;

/** The routes for the people of the office and the tokens of programs. @param options.publicUrl how the world sees this service */
export function staffRoutes(
  services: OperationServices,
  options: { readonly vault: Vault; readonly publicUrl: string },
): Hono<CallerEnv> {
  const { vault, publicUrl } = options;
  const changing = ({ tx, caller, now }: Within): Changing => ({ tx, vault, caller, now });
  const linkTo = (code: string) => `${publicUrl}/console/invitation#${code}`;
  const members = (tx: Asked["tx"], county: string, id?: string) =>
    listStaff(tx, vault, county, id).then((found) => found.map(memberOf));
  /** Their addresses are kept for no repetition: that reads them anew. */
  const after = async (
    asked: Within & Pick<Asked, "isRepeated">,
    id: string,
    work: () => Promise<{ readonly ok: true } | StaffRefused>,
  ) => {
    const done = asked.isRepeated ? ({ ok: true } as const) : await work();
    if (!done.ok) return { problem: problemOf(done) };
    const [member] = await members(asked.tx, asked.caller.jurisdictionId, id);
    if (member === undefined) return { problem: problemOf({ ok: false, because: "unknown" }) };
    return { body: member, etag: member.etag };
  };
  return operationRoutes(services, STAFF_CONTRACT, {
    "GET /staff": async ({ tx, caller }) => ({ body: { items: await members(tx, caller.jurisdictionId) } }),
    "POST /staff": async (asked) => {
      const { body, isRepeated } = asked;
      const invited = await (isRepeated ? inviteAgain : inviteStaff)(changing(asked), body);
      if (!invited.ok) return { problem: problemOf(invited) };
      const { id, code } = invited;
      return { body: { id, link: code && linkTo(code) }, location: `/api/v1/staff/${id}` };
    },
    "PATCH /staff/{id}": async (asked) => {
      const { id } = asked.params;
      const version = Number(/^v(\d{1,9})$/.exec(asked.match ?? "")?.[1] ?? 0);
      return after(asked, id, () => changeStaff(changing(asked), { id, version }, asked.body));
    },
    "POST /staff/{id}/end": async (asked) =>
      after(asked, asked.params.id, () => endStaff(changing(asked), asked.params.id)),
    "POST /staff/{id}/unlock": async (asked) =>
      after(asked, asked.params.id, () => unlockStaff(changing(asked), asked.params.id)),
    "POST /staff/{id}/end-sessions": async (asked) =>
      after(asked, asked.params.id, () => endStaffSessions(changing(asked), asked.params.id)),
    "POST /staff/{id}/reset-second-factor": async (asked) => {
      const { params, isRepeated } = asked;
      const reset = await (isRepeated ? inviteAgain(changing(asked), params) : resetStaff(changing(asked), params.id));
      if (!reset.ok) return { problem: problemOf(reset) };
      return { body: { id: params.id, link: reset.code && linkTo(reset.code) } };
    },
    "GET /staff/changes": async ({ tx, query }) => {
      const { limit } = query;
      const rows = await listStaffChanges(tx, { after: query.after, limit: limit + 1 });
      const items = rows.slice(0, limit).map(({ seq, at, by, what, name, before, after }) => ({
        seq,
        at: at.toISOString(),
        by,
        what,
        name,
        before,
        after,
      }));
      return { body: { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null } };
    },
    "GET /tokens": async ({ tx }) => ({
      body: {
        items: (await readTokens(tx)).map(({ createdAt, expiresAt, lastUsedAt, revokedAt, ...one }) => ({
          ...one,
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt?.toISOString() ?? null,
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
          revokedAt: revokedAt?.toISOString() ?? null,
        })),
      },
    }),
    "POST /tokens": async ({ tx, caller, now, body, isRepeated }) => {
      const { name, role, days } = body;
      if (role === "office") return { problem: BY_COMMAND };
      if (isRepeated) return { body: { name, token: null } };
      const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
      const made = await insertToken(tx, changedBy(caller, now), { name, role, expiresAt, now });
      if (made.ok) return { body: { name, token: made.token } };
      return { problem: made.reason.startsWith("There is") ? taken(made.reason) : content("name", made.reason) };
    },
    "DELETE /tokens/{id}": async ({ tx, caller, now, params }) =>
      (await revokeTokenById(tx, changedBy(caller, now), params.id))
        ? { body: null }
        : { problem: notHere("There is no such token that could be revoked.") },
  });
}

function changedBy({ id, name, jurisdictionId }: Asked["caller"], at: Date) {
  return { jurisdictionId, by: { id, name }, at };
}

function memberOf({ version, createdAt, lastSeenAt, endedAt, stations, ...member }: StaffMember) {
  return {
    ...member,
    stations: [...stations],
    etag: `v${version}`,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

function problemOf(refused: StaffRefused): Problem {
  switch (refused.because) {
    case "unknown":
      return notHere("There is nobody of this id here.");
    case "own":
      return {
        status: 403,
        title: "Forbidden",
        code: "own-account",
        detail: "Nobody does this to their own account: another operator does.",
      };
    case "ended":
      return {
        status: 409,
        title: "Conflict",
        code: "ended",
        detail: "Their service has ended.",
        state: "ended",
        allowed: [],
      };
    case "taken":
      return taken(refused.reason);
    case "content":
      return content(refused.about, refused.reason);
    case "version":
      return someoneWasFaster(refused.since);
  }
}

const BY_COMMAND: Problem = {
  status: 403,
  title: "Forbidden",
  code: "command-line",
  detail: "A token of role office reads residents' words: it is made on the command line, by liaison token add.",
};

function taken(detail: string): Problem {
  return { status: 409, title: "Conflict", code: "taken", detail };
}

function content(about: string, text: string): Problem {
  const findings = [{ at: `body.${about}`, code: about, text }];
  return { status: 422, title: "Unprocessable Content", code: "content", detail: text, findings };
}
