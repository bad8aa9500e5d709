import { eq } from "drizzle-orm";
import { answerLinks } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import type { Standing } from "../../domain/answer-page/standing.ts";
import { answerPageWordingOf } from "../../domain/wording/answer-page/wording.ts";
import { answerDeputy } from "../deputy/answer.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { noteReading } from "../staff/readings.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { type LockedLink, lockLink } from "./locked-link.ts";

/** So often at most a chat is told that another device was refused. */
const WARNED_EACH_MS = 10 * 60_000;

/** The opening of a link: by its token, from a page with a key of its own, on a device that may know some links already. */
export type Opening = {
  readonly token: string;
  readonly page: string;
  readonly known: readonly string[];
  readonly request: string;
};

/** The result of opening a link: its id, for this device's cookie; or why it is not opened. */
export type OpenedPage = { readonly toDeliver: ReadonlySet<string>; readonly jurisdictionId: string } & (
  | { readonly kind: "open"; readonly id: string }
  | { readonly kind: "other-device" }
  | { readonly kind: "ended"; readonly standing: Exclude<Standing, "open"> }
);

/**
 * Opens a link for the device that asks, which from then on is the only one. Its chat is told of any other. Each opening is written down,
 * also one that was refused.
 *
 * @returns null where none of these accounts has such a link
 */
export async function openPage(
  runtime: Runtime,
  accounts: readonly ChannelAccount[],
  opening: Opening,
): Promise<OpenedPage | null> {
  for (const account of accounts) {
    const opened = await runtime.database.inCounty(account.jurisdictionId, async (tx): Promise<OpenedPage | null> => {
      const locked = await lockLink(runtime, tx, account, { token: opening.token });
      if (locked === null) return null;
      const outcome = await openLocked(locked, opening);
      await finishTurn(locked.turn);
      return { ...outcome, toDeliver: locked.turn.toDeliver, jurisdictionId: account.jurisdictionId };
    });
    if (opened !== null) return opened;
  }
  return null;
}

async function openLocked(locked: LockedLink, opening: Opening) {
  const { turn, link, standing } = locked;
  const { tx, runtime, now } = turn;
  const device = deviceHash(runtime, link.id, opening.page);
  const isKnown = opening.known.includes(link.id) || link.deviceHash === device;
  if (standing !== "open" && !(standing === "used" && isKnown)) {
    await noteOpening(locked, opening.request, "answer-page-ended");
    return { kind: "ended", standing } as const;
  }
  if (link.deviceHash !== null && !isKnown) {
    await noteOpening(locked, opening.request, "answer-page-other-device");
    await warn(turn, locked);
    return { kind: "other-device" } as const;
  }
  await noteOpening(locked, opening.request, "answer-page");
  if (link.deviceHash === null) {
    await tx.update(answerLinks).set({ deviceHash: device, openedAt: now }).where(eq(answerLinks.id, link.id));
  }
  return { kind: "open", id: link.id } as const;
}

async function warn(turn: Turn, { link, subject }: LockedLink): Promise<void> {
  const { now, tx, conversation } = turn;
  if (link.warnedAt !== null && now.getTime() - link.warnedAt.getTime() < WARNED_EACH_MS) return;
  await tx.update(answerLinks).set({ warnedAt: now }).where(eq(answerLinks.id, link.id));
  answerDeputy(turn, answerPageWordingOf(conversation.locale).chat.otherDevice({ number: subject.number }));
}

function noteOpening({ turn, subject, deputy }: LockedLink, request: string, reason: string): Promise<void> {
  const caller = {
    id: deputy.id,
    name: `deputy:${deputy.code}`,
    role: "deputy",
    jurisdictionId: turn.jurisdictionId,
  } as const;
  return noteReading(turn.tx, { caller, caseId: subject.id, now: turn.now, request }, "case", { reason, note: null });
}

function deviceHash({ vault }: Runtime, linkId: string, page: string): string {
  return vault.blindIndex(page, `answer-device:${linkId}`);
}
