import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import { deputies, invites } from "../../../db/schema/people.ts";
import type { Vault } from "../../../db/vault.ts";
import { drawCode } from "../../domain/dialog/invite-code.ts";
import { invitePurpose } from "./bind.ts";

const VALID_MS = 14 * 24 * 3_600_000;

/**
 * Creates a one-time code with which this deputy binds a chat, valid for 14 days; only a keyed hash of it is kept.
 *
 * Earlier codes of the deputy stay valid until they are used or too old.
 * @returns the code, or null when the county has no such deputy
 */
export async function inviteDeputy(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  jurisdictionId: string,
  deputyCode: string,
): Promise<string | null> {
  const code = drawCode(randomInt);
  return services.database.inCounty(jurisdictionId, async (tx) => {
    const [deputy] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, deputyCode));
    if (deputy === undefined) return null;
    await tx.insert(invites).values({
      id: newId(),
      jurisdictionId,
      deputyId: deputy.id,
      codeHash: services.vault.blindIndex(code, invitePurpose(jurisdictionId)),
      expiresAt: new Date(services.now().getTime() + VALID_MS),
    });
    return code;
  });
}
