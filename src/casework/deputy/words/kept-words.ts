import type { DialogState } from "../../../domain/dialog/state.ts";
import type { DeputyMeaning } from "../../../domain/dialog/understand-deputy.ts";
import { inboxText } from "../../inbox/words.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Asked } from "../carry-out.ts";

const MOST_KEPT = 5;
/** Words that nobody was given are shown for so long. */
const KEPT_MS = 30 * 86_400_000;

/** Keeps words that were said to nobody in particular, so that their writer finds them again; nobody else reads them. */
export function keepWords(turn: Turn, seq: number): void {
  const { dialog } = turn.conversation;
  const others = keptOf(turn, dialog).filter((one) => one.seq !== seq);
  const kept = [{ seq, at: turn.now.toISOString() }, ...others].slice(0, MOST_KEPT);
  turn.conversation.dialog = { ...dialog, kept };
}

/**
 * Keeps the words about which a deputy was asked in vain.
 *
 * @param next what the deputy says instead: the same command again needs no words of before
 */
export function keepUnanswered(turn: Turn, { command, inboxSeq }: Asked, next: DeputyMeaning["kind"] | null): void {
  if (command === "show" || command === "keep" || command === "pass-on") return;
  if (next !== (command === "confirm" || command === "own" ? "reply" : command)) keepWords(turn, inboxSeq);
}

/** The words of this deputy that nobody was given, newest first. */
export async function keptWords(turn: Turn): Promise<string[]> {
  const texts = await Promise.all(keptOf(turn, turn.conversation.dialog).map(({ seq }) => inboxText(turn, seq)));
  return texts.filter((text) => text !== "");
}

function keptOf(turn: Turn, { kept = [] }: DialogState): NonNullable<DialogState["kept"]> {
  return kept.filter(({ at }) => turn.now.getTime() - Date.parse(at) <= KEPT_MS);
}
