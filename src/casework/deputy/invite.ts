import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database, Transaction } from "../../../db/database.ts";
import { deputies, invites } from "../../../db/schema/people.ts";
import type { Vault } from "../../../db/vault.ts";
import { drawCode } from "../../domain/dialog/invite-code.ts";
import { invitePurpose } from "./bind.ts";

const VALID_MS = 14 * 24 * 3_600_000;

type InviteServices = { readonly vault: Vault; readonly now: () => Date };

/**
 * Creates a one-time code with which this deputy binds a chat, valid for 14 days; only a keyed hash of it is kept.
 *
 * Earlier codes of the deputy stay valid until they are used or too old.
 * @returns the code, or null when the county has no such deputy
 */
export async function inviteDeputy(
  services: InviteServices & { readonly database: Database },
  jurisdictionId: string,
  deputyCode: string,
): Promise<string | null> {
  return services.database.inCounty(jurisdictionId, async (tx) => {
    const [deputy] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, deputyCode));
    return deputy === undefined ? null : (await drawInvite(services, tx, { jurisdictionId, id: deputy.id })).code;
  });
}

/** Draws a one-time code for a deputy in a transaction of their county. */
export async function drawInvite(
  { vault, now }: InviteServices,
  tx: Transaction,
  deputy: { readonly jurisdictionId: string; readonly id: string },
): Promise<{ readonly code: string; readonly until: Date }> {
  const { jurisdictionId } = deputy;
  const code = drawCode(randomInt);
  const until = new Date(now().getTime() + VALID_MS);
  await tx.insert(invites).values({
    id: newId(),
    jurisdictionId,
    deputyId: deputy.id,
    codeHash: vault.blindIndex(code, invitePurpose(jurisdictionId)),
    expiresAt: until,
  });
  return { code, until };
}
