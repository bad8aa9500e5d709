import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type AnswerLink, answerLinks } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { type Standing, standingOf } from "../../domain/answer-page/standing.ts";
import { type LinkDeputy, linkFacts } from "../answer-links/link-facts.ts";
import { tokenHash } from "../answer-links/make-link.ts";
import { lockCase } from "../cases/load.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import type { Turn } from "../turn/turn.ts";

/** The link that a page names: by the token that came with it, or by its id, which a signed cookie vouches for. */
export type NamedLink = { readonly token: string } | { readonly id: string };

/** A link under lock, with its chat's turn, its case and how it stands. */
export type LockedLink = {
  readonly turn: Turn;
  readonly link: AnswerLink;
  readonly subject: CaseRecord;
  readonly deputy: LinkDeputy;
  readonly standing: Standing;
};

/**
 * Locks the link that a page of this account names: its chat first, then its case, then the link itself, as the words of a chat do.
 *
 * @returns null where this account has no such link
 */
export async function lockLink(
  runtime: Runtime,
  tx: Transaction,
  account: ChannelAccount,
  named: NamedLink,
): Promise<LockedLink | null> {
  const its =
    "token" in named
      ? eq(answerLinks.tokenHash, tokenHash(runtime.vault, account.id, named.token))
      : eq(answerLinks.id, named.id);
  const [found] = await tx
    .select()
    .from(answerLinks)
    .where(and(eq(answerLinks.accountId, account.id), its));
  const turn = found === undefined ? null : await openTurn(runtime, tx, found.conversationId);
  if (found === undefined || turn === null) return null;
  const subject = await lockCase(turn, found.caseId);
  const [link] = await tx.select().from(answerLinks).where(eq(answerLinks.id, found.id)).for("update");
  if (link === undefined) return null;
  const { facts, deputy } = await linkFacts(turn, link, subject);
  return { turn, link, subject, deputy, standing: standingOf(facts, turn.now) };
}
