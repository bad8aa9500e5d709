import type { Inbound } from "../../domain/messages/message.ts";
import { readTrial, receivesInTrial, trialCode } from "../county/trial.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";

/** The kinds of events in which nobody says or asks anything. */
const SILENT: ReadonlySet<Inbound["content"]["kind"]> = new Set([
  ...(["unfollow", "consent", "delivery-report", "revoked", "note"] as const),
]);

/**
 * Tells whoever writes to a county in trial without being listed that it is not open yet, once a day: what they said is kept and
 * takes effect as ever, but nothing else reaches them.
 */
export async function tellNotOpen(turn: Turn, { content }: Pick<Inbound, "content">): Promise<void> {
  const { conversation, county, account, today } = turn;
  const { trial } = county.settings;
  if (trial?.isOn !== true || SILENT.has(content.kind) || conversation.dialog.notOpenOn === today) return;
  if (await receivesInTrial(turn.tx, trial, conversation, account.channel)) return;
  conversation.dialog = { ...conversation.dialog, notOpenOn: today };
  const say = wordingFor(turn);
  const named = { county: county.name };
  const words = conversation.deputyId === null ? say.notOpen(named) : say.notOpenToDeputy(named);
  tell(turn, { kind: "not-open", subject: null, words, mustKnow: true });
}

/**
 * Makes the chat of somebody of the staff, who says the code that the console showed them, a resident's that tries the service. A code
 * that is none of this trial's changes nothing.
 */
export async function joinTrial(turn: Turn, code: string): Promise<Outcome> {
  const { conversation, county, jurisdictionId, runtime } = turn;
  const trial = await readTrial(turn.tx);
  const person = trial.staff.find((id) => trialCode(runtime.vault, jurisdictionId, trial, id) === code);
  if (person === undefined || conversation.deputyId !== null) return { kind: "command" };
  conversation.trialPersonId = person;
  tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).trialJoined({ county: county.name }) });
  return { kind: "command" };
}
