import { accusesDeputy, accusesOfBetrayal } from "../accusation/accusation.ts";
import { type EmergencyTopic, emergencyTopics } from "../danger/emergency.ts";
import { replaceNames } from "../text/names.ts";
import { answerTo } from "./answers.ts";
import { claimsIdentity, isSpam } from "./conduct.ts";
import { isFollowUp, isThanks, saysNothingYet } from "./courtesy.ts";
import { type ResidentCommand, residentCommand } from "./resident-commands.ts";
import type { DialogState } from "./state.ts";

/** The meaning of a resident's text, before it is known to which case it belongs. */
export type ResidentMeaning =
  | { readonly kind: "command"; readonly command: ResidentCommand; readonly number: string | null }
  /** An answer to the open question: the index of its choice, from 0. */
  | { readonly kind: "choice"; readonly index: number }
  /** A bare number that the open question does not offer. */
  | { readonly kind: "choice-out-of-range" }
  | { readonly kind: "rating"; readonly satisfied: boolean; readonly comment: string }
  /** Life is in danger; `accuses` when a deputy is accused in the same words: the case is sealed then. */
  | { readonly kind: "emergency"; readonly topics: readonly EmergencyTopic[]; readonly accuses: boolean }
  /** Accuses a deputy: sealed, for the county office alone. */
  | { readonly kind: "accusation" }
  /** Claims to be a deputy or asks for people's data. */
  | { readonly kind: "identity-claim" }
  | { readonly kind: "thanks" }
  | { readonly kind: "spam" }
  /** Says nothing yet: a greeting, an announcement, an empty text. */
  | { readonly kind: "nothing-yet" }
  | { readonly kind: "follow-up" }
  | { readonly kind: "matter" };

/**
 * The meaning of a resident's text in the state of the conversation.
 *
 * Danger comes before everything else, then commands, then what must not reach a deputy, then the answer to the open
 * question. Whatever is left is a matter: words are never an instruction to the service, whatever they say.
 * @param now for how long an open question may still be answered
 * @param deputies names of deputies that the text has
 */
export function understandResident(
  text: string,
  state: DialogState,
  now: Date,
  deputies: readonly string[] = [],
): ResidentMeaning {
  const topics = emergencyTopics(text);
  if (topics.length > 0) return { kind: "emergency", topics, accuses: accusesDeputy(text, deputies) };
  const command = residentCommand(text);
  if (command !== null) return { kind: "command", ...command };
  if (claimsIdentity(text) && !accusesOfBetrayal(text, deputies)) return { kind: "identity-claim" };
  if (accusesDeputy(text, deputies)) return { kind: "accusation" };
  const answer = answerTo(text, state.question, now);
  if (answer !== null) return answer;
  if (isSpam(text)) return { kind: "spam" };
  if (isThanks(replaceNames(text, deputies, "代表"))) return { kind: "thanks" };
  if (saysNothingYet(text)) return { kind: "nothing-yet" };
  if (isFollowUp(text)) return { kind: "follow-up" };
  return { kind: "matter" };
}
