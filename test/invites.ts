import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { deputies, invites } from "../db/schema/people.ts";
import { invitePurpose } from "../src/casework/deputy/bind.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import { drawCode } from "../src/domain/dialog/invite-code.ts";

/** Draws an invite for a deputy, valid for a day. */
export async function drawInvite(
  { database, vault, now }: Runtime,
  jurisdictionId: string,
  code: string,
): Promise<string> {
  const inviteCode = drawCode(randomInt);
  await database.inCounty(jurisdictionId, async (tx) => {
    const [deputy] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code));
    await tx.insert(invites).values({
      id: newId(),
      jurisdictionId,
      deputyId: deputy!.id,
      codeHash: vault.blindIndex(inviteCode, invitePurpose(jurisdictionId)),
      expiresAt: new Date(now().getTime() + 86_400_000),
    });
  });
  return inviteCode;
}
