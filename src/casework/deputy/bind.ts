import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import { deputies, invites } from "../../../db/schema/people.ts";
import { triesLeft, withWrong } from "../../domain/dialog/code-tries.ts";
import { canonicalCode } from "../../domain/dialog/invite-code.ts";
import { tell } from "../outbox/tell.ts";
import { isOpenLinkCode, joinByLinkCode } from "../persons/link-chat.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { bindRole, isOpenRoleCode } from "./bind-role.ts";
import { giveChat } from "./members/give-chat.ts";

/** The purpose for which invite codes are hashed; see `vault.ts`. */
export function invitePurpose(jurisdictionId: string): string {
  return `invite:${jurisdictionId}`;
}

/** Whether an invite code, however it was typed, can still be used in this county. */
export async function isOpenCode(turn: Turn, typedCode: string): Promise<boolean> {
  const code = canonicalCode(typedCode);
  const [open] = await turn.tx.select({ id: invites.id }).from(invites).where(isOpen(turn, code));
  if (open !== undefined || (await isOpenRoleCode(turn, hashOf(turn, code)))) return true;
  return isOpenLinkCode(turn, code);
}

function hashOf({ runtime, jurisdictionId }: Turn, code: string): string {
  return runtime.vault.blindIndex(code, invitePurpose(jurisdictionId));
}

function isOpen(turn: Turn, code: string): SQL | undefined {
  return and(eq(invites.codeHash, hashOf(turn, code)), isNull(invites.usedAt), gt(invites.expiresAt, turn.now));
}

/**
 * Binds the chat of the one who writes to the deputy, the unit or the station for whom a one-time code was made; what waited for
 * them is sent now. One with which a resident joins two chats of theirs joins them: which kind of code it is, the code tells.
 *
 * One answer for every code that is wrong, used or too old; after too many of them none is looked up for an hour.
 * @throws Error in a transaction that others share (see `mayBind`), who may have told the deputy something that is not written yet
 */
export async function bindChat(turn: Turn, typedCode: string): Promise<Outcome> {
  const code = canonicalCode(typedCode);
  if (code !== "" && codesLookedUp(turn) === 0) {
    tellPaused(turn);
    return { kind: "command" };
  }
  const [invite] = await turn.tx
    .select({ id: invites.id, deputyId: invites.deputyId, name: deputies.name })
    .from(invites)
    .innerJoin(deputies, eq(deputies.id, invites.deputyId))
    .where(isOpen(turn, code))
    .for("no key update", { of: invites });
  if (invite === undefined) {
    const asRole = await bindRole(turn, hashOf(turn, code));
    if (asRole !== null) return asRole;
    const asLink = code === "" ? null : await joinByLinkCode(turn, code);
    if (asLink !== null) return asLink;
    noteWrongCodes(turn, code === "" ? 0 : 1);
    tellRefused(turn);
    return { kind: "command" };
  }
  if (turn.isShared) throw new Error("a deputy is bound in a transaction of their own");
  writeLater(turn, turn.tx.update(invites).set({ usedAt: turn.now }).where(eq(invites.id, invite.id)));
  const open = await giveChat(turn, { id: invite.deputyId, name: invite.name });
  tell(turn, {
    kind: "deputy-answer",
    subject: null,
    words: wordingFor(turn).bound({ deputy: invite.name, open }),
  });
  return { kind: "command" };
}

/**
 * The number of wrong codes of the one who writes that are still looked up; none for an hour after too many of them.
 */
export function codesLookedUp(turn: Turn): number {
  return triesLeft(turn.conversation.dialog.codeTries, turn.now);
}

/**
 * Notes wrong codes with the conversation, and shows them to whoever watches the account: many people who try a few each are not
 * hindered, for among them may be deputies. A transaction that is run again is counted again.
 */
export function noteWrongCodes(turn: Turn, wrong: number): void {
  const { runtime, account, county, conversation, now } = turn;
  if (wrong === 0) return;
  conversation.dialog = { ...conversation.dialog, codeTries: withWrong(conversation.dialog.codeTries, wrong, now) };
  runtime.log.warn({ county: county.code, account: account.name, wrong }, "an invite code was wrong");
  runtime.countWrongCodes?.({ county: county.code, channel: account.channel, account: account.name }, wrong);
}

/** Tells the one who writes, once, that no code is looked up for a while, and where to get a new one. */
export function tellPaused(turn: Turn): void {
  const { dialog } = turn.conversation;
  const { codeTries } = dialog;
  if (codeTries === undefined || codeTries.told === true) return;
  turn.conversation.dialog = { ...dialog, codeTries: { ...codeTries, told: true } };
  tell(turn, { kind: "deputy-answer", subject: null, words: wordingFor(turn).bindPaused() });
}

/** Tells the one who writes that a code is wrong, used or too old: one answer for all of these. */
export function tellRefused(turn: Turn): void {
  tell(turn, { kind: "deputy-answer", subject: null, words: wordingFor(turn).bindRefused() });
}
