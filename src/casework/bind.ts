import { and, eq, gt, isNull } from "drizzle-orm";
import { conversations } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { deputies, invites } from "../../db/schema/people.ts";
import type { Outcome } from "./hear.ts";
import { casesOfDeputy, later, type Sitting, wordingFor } from "./sitting.ts";
import { tell } from "./tell.ts";

/** What an invite's code is hashed for. */
export function invitePurpose(jurisdictionId: string): string {
  return `invite:${jurisdictionId}`;
}

/**
 * Makes the one who writes this deputy, for whom a one-time code was made; what waited for the deputy is sent now.
 *
 * One answer for every code that is wrong, used or too old. A deputy's former chat loses its rights with the new one.
 */
export async function bindDeputy(sitting: Sitting, typedCode: string): Promise<Outcome> {
  const { jurisdictionId, conversation } = sitting;
  const code = typedCode.trim().toUpperCase();
  const [invite] = await sitting.tx
    .select({ id: invites.id, deputyId: invites.deputyId, name: deputies.name })
    .from(invites)
    .innerJoin(deputies, eq(deputies.id, invites.deputyId))
    .where(
      and(
        eq(invites.codeHash, sitting.house.vault.blindIndex(code, invitePurpose(jurisdictionId))),
        isNull(invites.usedAt),
        gt(invites.expiresAt, sitting.now),
      ),
    )
    .for("no key update", { of: invites });
  if (invite === undefined) {
    tell(sitting, { kind: "deputy-answer", subject: null, words: wordingFor(sitting).bindRefused() });
    return { kind: "command" };
  }
  later(sitting, sitting.tx.update(invites).set({ usedAt: sitting.now }).where(eq(invites.id, invite.id)));
  await sitting.tx
    .update(conversations)
    .set({ deputyId: null })
    .where(and(eq(conversations.deputyId, invite.deputyId), eq(conversations.accountId, sitting.account.id)));
  conversation.deputyId = invite.deputyId;
  await sitting.tx
    .update(outbox)
    .set({ conversationId: conversation.id, awaitsContact: false, reason: null })
    .where(and(eq(outbox.deputyId, invite.deputyId), eq(outbox.state, "waiting")));
  const open = (await casesOfDeputy(sitting, invite.deputyId)).filter((one) => one.closedAt === null);
  tell(sitting, {
    kind: "deputy-answer",
    subject: null,
    words: wordingFor(sitting).bound({ deputy: invite.name, open: open.length }),
  });
  return { kind: "command" };
}
