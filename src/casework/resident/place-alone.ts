import type { Position } from "../../domain/messages/message.ts";
import { isPlaceAlone } from "../../domain/place/answer-words.ts";
import { mentionsIn, namesSaid } from "../../domain/place/mentions.ts";
import { quote } from "../../domain/text/quote.ts";
import { questionTime } from "../actions/ask-where.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/** A position shared without words waits so long for them: its sender may be elsewhere later. */
const POSITION_MS = 15 * 60_000;
/** A place that was named waits so long for what is wrong there. */
const NAME_MS = 12 * 3_600_000;

/**
 * Receives a place and nothing else, of which nothing was said before: it waits for what is wrong there, and opens no case,
 * which would have no matter.
 *
 * @returns null for other words
 */
export async function receivePlaceAlone(turn: Turn, said: Said): Promise<Outcome | null> {
  if (said.kind !== "text" && said.kind !== "voice") return null;
  const { evidence } = mentionsIn(await turn.lookups.atlas(), [said.text]);
  if (evidence === "" || !isPlaceAlone(said.text, namesSaid(evidence))) return null;
  turn.conversation.dialog = {
    ...turn.conversation.dialog,
    draft: { position: null, label: said.text, seq: said.seq, at: turn.now.toISOString() },
  };
  tell(turn, {
    kind: "prompt",
    subject: null,
    words: wordingFor(turn).askWhatIsWrongThere({ place: quote(said.text) }),
    notBefore: questionTime(turn),
  });
  return { kind: "courtesy" };
}

/**
 * The place that was shared or named before anything was said about it, as long as it waits for that.
 * @param besides words that are not taken for it
 */
export function placeBefore(
  turn: Turn,
  besides?: Said,
): { readonly said: readonly Said[]; readonly position: Position | null } {
  const { draft } = turn.conversation.dialog;
  if (draft === undefined || draft.seq === besides?.seq) return { said: [], position: null };
  const { position, label, seq } = draft;
  const at = new Date(draft.at);
  if (turn.now.getTime() - at.getTime() > (position === null ? NAME_MS : POSITION_MS))
    return { said: [], position: null };
  const kind = position === null ? "text" : "location";
  return { said: [{ seq, at, kind, text: label, mediaId: null }], position };
}
