import { randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { bindingInvites } from "../../../db/schema/conversations.ts";
import { units } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { drawCode } from "../../domain/dialog/invite-code.ts";
import { invitePurpose } from "./bind.ts";

const VALID_MS = 14 * 24 * 3_600_000;

type InviteServices = { readonly vault: Vault; readonly now: () => Date; readonly timeZone: string };
type Invited = { readonly role: "unit" | "station"; readonly ref: string };

/**
 * Creates a one-time code with which somebody of this unit or station binds a chat, valid for 14 days; only a keyed hash of it is
 * kept. Several people may speak for one unit, each by a code of their own.
 *
 * @returns the code, or null when the county has no such unit or station in force
 */
export async function inviteRole(
  services: InviteServices & { readonly database: Database },
  jurisdictionId: string,
  invited: Invited,
): Promise<string | null> {
  const drawn = await services.database.inCounty(jurisdictionId, (tx) =>
    drawRoleInvite(services, tx, jurisdictionId, invited),
  );
  return drawn?.code ?? null;
}

/**
 * Draws a one-time code for somebody of a unit or station in a transaction of their county.
 *
 * @param isRepeated the same was asked before: no further code is drawn
 * @returns null where there is no such unit or station in force
 */
export async function drawRoleInvite(
  { vault, now, timeZone }: InviteServices,
  tx: Transaction,
  jurisdictionId: string,
  { role, ref }: Invited,
  isRepeated = false,
): Promise<{ readonly code: string | null; readonly until: Date | null; readonly name: string } | null> {
  const isInForce = and(eq(units.code, ref), notEnded(units.untilOn, dayIn(now(), timeZone)));
  const [found] =
    role === "unit"
      ? await tx.select({ name: units.name }).from(units).where(isInForce)
      : await tx.select({ name: stations.name }).from(stations).where(eq(stations.code, ref));
  if (found === undefined) return null;
  if (isRepeated) return { code: null, until: null, ...found };
  const code = drawCode(randomInt);
  const until = new Date(now().getTime() + VALID_MS);
  const codeHash = vault.blindIndex(code, invitePurpose(jurisdictionId));
  await tx.insert(bindingInvites).values({ id: newId(), jurisdictionId, role, ref, codeHash, expiresAt: until });
  return { code, until, ...found };
}
