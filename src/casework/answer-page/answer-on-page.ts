import { eq } from "drizzle-orm";
import { answerLinks } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { Standing } from "../../domain/answer-page/standing.ts";
import { keepSealedPhoto } from "../cases/photo-file.ts";
import { answerByPage, type PageAnswer } from "../deputy/page/answer-by-page.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { finishTurn } from "../turn/turn.ts";
import { type LockedLink, lockLink } from "./locked-link.ts";

/** An answer as a page sends it: what it says, its photos, cleaned of their metadata, and the page's key. */
export type SentAnswer = Omit<PageAnswer, "photos"> & {
  readonly id: string;
  readonly page: string;
  readonly photos: readonly Uint8Array[];
};

/** The result of an answer: taken, now or before by the same page; or why not. */
export type TakenAnswer = { readonly toDeliver: ReadonlySet<string>; readonly jurisdictionId: string } & (
  | { readonly kind: "taken" }
  | { readonly kind: "how-needed" }
  | { readonly kind: "ended"; readonly standing: Exclude<Standing, "open"> }
);

/**
 * Takes the answer that a deputy sends from their page, with which the link is used up: what is done is what their words in chat would do.
 * The same page's answer again is the same one.
 *
 * @returns null where none of these accounts has such a link
 */
export async function answerOnPage(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  sent: SentAnswer,
): Promise<TakenAnswer | null> {
  for (const account of accounts) {
    const taken = await runtime.database.inCounty(account.jurisdictionId, async (tx): Promise<TakenAnswer | null> => {
      const locked = await lockLink(runtime, tx, account, { id: sent.id });
      if (locked === null) return null;
      const outcome = await takeAnswer(locked, sent);
      return { ...outcome, toDeliver: locked.turn.toDeliver, jurisdictionId: account.jurisdictionId };
    });
    if (taken !== null) return taken;
  }
  return null;
}

async function takeAnswer({ turn, link, subject, standing }: LockedLink, sent: SentAnswer) {
  const { runtime, now, tx } = turn;
  const answerHash = runtime.vault.blindIndex(sent.page, `answer-page:${link.id}`);
  if (standing === "used" && link.answerHash === answerHash) return { kind: "taken" } as const;
  if (standing !== "open") return { kind: "ended", standing } as const;
  const photos: string[] = [];
  for (const photo of sent.photos) photos.push(await keepSealedPhoto(turn, subject, photo, false));
  const { text, act, how } = sent;
  if (!(await answerByPage(turn, subject, { text, act, how, photos }))) return { kind: "how-needed" } as const;
  await tx.update(answerLinks).set({ usedAt: now, answerHash }).where(eq(answerLinks.id, link.id));
  await finishTurn(turn);
  return { kind: "taken" } as const;
}
