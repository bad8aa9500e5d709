import { bareWords } from "../../../domain/text/words.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Turn } from "../../turn/turn.ts";

/** The words with which a member refuses, as they are told them. */
const NOT_ME = /^(?:不是我|not me)$/;
/** So long after it was told that word means the binding; later the office changes it. */
const REFUSABLE_MS = 30 * 86_400_000;

/**
 * Hears a member refuse that the office made their chat a deputy's: it is nobody's from then on. What waits for the deputy goes to a
 * chat that they have, or waits for one. Null where these words are something else.
 */
export function refuseBinding(turn: Turn, text: string): Outcome | null {
  const { conversation, runtime, account, county, now } = turn;
  const { boundByOffice, ...dialog } = conversation.dialog;
  if (boundByOffice === undefined || conversation.deputyId === null || !NOT_ME.test(bareWords(text))) return null;
  if (now.getTime() - Date.parse(boundByOffice) > REFUSABLE_MS) return null;
  conversation.deputyId = null;
  conversation.dialog = dialog;
  runtime.log.warn(
    { county: county.code, account: account.name },
    "a member says that they are not the deputy as whom the office bound them",
  );
  tell(turn, { kind: "deputy-answer", subject: null, words: boundWordingOf(conversation.locale).bindingRefused() });
  return { kind: "command" };
}
