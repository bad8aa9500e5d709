import { randomInt } from "node:crypto";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { bindingInvites } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { drawCode } from "../../domain/dialog/invite-code.ts";
import type { SpokenFor } from "../bindings/end-chat.ts";
import { inForce } from "../bindings/in-force.ts";
import { invitePurpose } from "./bind.ts";

const VALID_MS = 14 * 24 * 3_600_000;

type InviteServices = { readonly vault: Vault; readonly now: () => Date; readonly timeZone: string };

/**
 * Creates a one-time code with which somebody of this unit, station or grid binds a chat, valid for 14 days; only a keyed hash of it is
 * kept. Several people may speak for one unit, each by a code of their own.
 *
 * @returns the code, or null when the county has no such one in force
 */
export async function inviteRole(
  services: InviteServices & { readonly database: Database },
  jurisdictionId: string,
  invited: SpokenFor,
): Promise<string | null> {
  const drawn = await services.database.inCounty(jurisdictionId, (tx) =>
    drawRoleInvite(services, tx, jurisdictionId, invited),
  );
  return drawn?.code ?? null;
}

/**
 * Draws a one-time code for somebody of a unit, station or grid in a transaction of their county.
 *
 * @param isRepeated the same was asked before: no further code is drawn
 * @returns null where there is no such one in force
 */
export async function drawRoleInvite(
  { vault, now, timeZone }: InviteServices,
  tx: Transaction,
  jurisdictionId: string,
  { role, ref }: SpokenFor,
  isRepeated = false,
): Promise<{ readonly code: string | null; readonly until: Date | null; readonly name: string } | null> {
  const found = await inForce(tx, { role, ref }, dayIn(now(), timeZone));
  if (found === undefined) return null;
  const { name } = found;
  if (isRepeated) return { code: null, until: null, name };
  const code = drawCode(randomInt);
  const until = new Date(now().getTime() + VALID_MS);
  const codeHash = vault.blindIndex(code, invitePurpose(jurisdictionId));
  await tx.insert(bindingInvites).values({ id: newId(), jurisdictionId, role, ref, codeHash, expiresAt: until });
  return { code, until, name };
}
