import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { jurisdictions } from "../../../../db/schema/county.ts";
import type { Preferences } from "../../../../db/schema/users.ts";
import { failuresBefore } from "../../../casework/sign-in/attempts.ts";
import type { CurrentSession } from "../../../casework/sign-in/current-session.ts";
import { CONFIRMED_MS } from "../../../casework/sign-in/limits.ts";
import {
  changePreferences,
  endSession,
  endSessions,
  listSessions,
  ownReadings,
} from "../../../casework/sign-in/own-account.ts";
import type { SignInServices } from "../../../casework/sign-in/services.ts";
import { stationCodes } from "../../../casework/staff/staff.ts";
import type { CallerEnv } from "../../auth.ts";
import { operationsOf } from "../../contract/contracts.ts";
import { ACCOUNT_CONTRACT } from "../../contract/session.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

const DEFAULTS = {
  locale: "zh-CN",
  rowHeight: "comfortable",
  singleKeys: true,
} as const satisfies Required<Preferences>;

/** The routes by which people look after their own account. @param options.isAddressSafe whether sessions go over https, or stay on this machine; options.isClockMoved whether the service's clock is a rehearsal's */
export function accountRoutes(
  services: OperationServices,
  signIn: SignInServices,
  options: { readonly isAddressSafe: boolean; readonly isClockMoved: boolean },
): Hono<CallerEnv> {
  const { vault, asksSecondFactor } = signIn;
  return operationRoutes(services, ACCOUNT_CONTRACT, {
    "GET /me": async ({ c, caller, tx }) => {
      const session = sessionOf(c.get("session"));
      const { id, name, role, jurisdictionId, confirmedAt, must = null } = caller;
      const [county] = await tx
        .select({ name: jurisdictions.name, settings: jurisdictions.settings })
        .from(jurisdictions)
        .where(eq(jurisdictions.jurisdictionId, jurisdictionId));
      const codes = await stationCodes(tx, caller.stations);
      const failures = await failuresBefore(tx, vault, jurisdictionId, session.id);
      const preferences = { ...DEFAULTS, ...session.preferences };
      const isUnsafe = role === "operator" && !options.isAddressSafe;
      return {
        body: {
          id,
          name,
          role,
          county: { name: county?.name ?? "" },
          stations: [...codes.values()],
          must,
          hasSecondFactor: session.hasSecondFactor,
          confirmedUntil: confirmedUntil(confirmedAt),
          idleEndsAt: session.idleEndsAt.toISOString(),
          endsAt: session.endsAt.toISOString(),
          locale: preferences.locale,
          preferences,
          textKey: session.textKey,
          may: operationsOf(role, must !== null),
          failures: failures && {
            ...failures,
            since: failures.since.toISOString(),
            last: failures.last.toISOString(),
          },
          notices: [
            ...(county?.settings.trial?.isOn === true ? (["trial"] as const) : []),
            ...(isUnsafe ? (["insecure-address"] as const) : []),
            ...(options.isClockMoved ? (["rehearsal-clock"] as const) : []),
            ...(asksSecondFactor ? [] : (["no-second-factor-here"] as const)),
          ],
        },
      };
    },
    "GET /me/sessions": async ({ c, caller, tx }) => {
      const items = await listSessions(tx, vault, caller);
      const current = sessionOf(c.get("session")).id;
      return {
        body: {
          items: items.map((one) => ({
            ...one,
            isThis: one.id === current,
            since: one.since.toISOString(),
            lastUsedAt: one.lastUsedAt.toISOString(),
          })),
        },
      };
    },
    "DELETE /me/sessions": async ({ c, caller, tx }) => {
      await endSessions(tx, caller.id, sessionOf(c.get("session")).id);
      return { body: null };
    },
    "DELETE /me/sessions/{id}": async ({ caller, tx, params }) =>
      (await endSession(tx, caller.id, params.id))
        ? { body: null }
        : { problem: notHere("There is no such session of yours.") },
    "PATCH /me/preferences": async ({ caller, tx, body }) => ({
      body: { ...DEFAULTS, ...(await changePreferences(tx, caller.id, body)) },
    }),
    "GET /me/readings": async ({ caller, tx, query }) => {
      const { after, limit } = query;
      const rows = await ownReadings(tx, caller.id, { after, limit: limit + 1 });
      const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
      return { body: { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null } };
    },
  });
}

function sessionOf(session: CurrentSession | undefined): CurrentSession {
  if (session === undefined) throw new Error("A person without a session.");
  return session;
}

function confirmedUntil(confirmedAt: Date | null): string | null {
  if (confirmedAt === null) return null;
  const until = confirmedAt.getTime() + CONFIRMED_MS;
  return until > Date.now() ? new Date(until).toISOString() : null;
}
