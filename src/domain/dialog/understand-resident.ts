import { accusesDeputy, accusesOfBetrayal } from "../accusation/accusation.ts";
import { emergencyTopics } from "../danger/emergency.ts";
import type { Position } from "../messages/message.ts";
import type { AskWhy, PlaceChoice } from "../place/locate.ts";
import { answerTo } from "./answers.ts";
import { claimsIdentity, isSpam } from "./conduct.ts";
import { isFollowUp, isThanks, saysNothingYet } from "./courtesy.ts";
import { residentCommand } from "./resident-commands.ts";

/** What the service remembers of a conversation between two messages. Times are ISO strings. */
export type DialogState = {
  /** The question that waits for this person's answer. */
  readonly question?: OpenQuestion;
  /** Questions that a later one pushed aside, newest first; each is open again when those before it are answered. */
  readonly aside?: readonly OpenQuestion[];
  /** The place that a scanned code preset for what is said next. */
  readonly scene?: { readonly kind: "grid" | "station" | "deputy"; readonly code: string; readonly at: string };
  /** A position shared before anything was said about it; kept for 15 minutes. */
  readonly draft?: {
    readonly position: Position;
    readonly label: string;
    /** The inbox row that brought it. */
    readonly seq: number;
    readonly at: string;
  };
  /** Words that said nothing yet (a greeting), waiting to be joined to what follows. */
  readonly greetedAt?: string;
  /** Case numbers that this deputy was last shown or sent, newest first, at most five. */
  readonly focus?: readonly string[];
};

/** A question with numbered choices; only one is open per conversation. */
export type OpenQuestion =
  | {
      readonly kind: "where";
      readonly case: string;
      readonly turn: 1 | 2;
      readonly why: AskWhy;
      readonly choices: readonly PlaceChoice[];
      readonly at: string;
    }
  | {
      /** A follow-up that could belong to several cases of this resident. */
      readonly kind: "which-case";
      readonly about: "follow-up" | "rate" | "remind" | "withdraw" | "why" | "relocate";
      readonly cases: readonly string[];
      /** The follow-up or the verdict itself: its words wait, sealed, in the inbox. */
      readonly waiting: readonly { readonly seq: number; readonly kind: string; readonly mediaId: string | null }[];
      readonly at: string;
    }
  | { readonly kind: "rating"; readonly case: string; readonly at: string }
  | {
      /** A deputy's command that could mean several cases; `confirm` when words came without a command. */
      readonly kind: "deputy-which-case";
      readonly command: "show" | "reply" | "close" | "refer" | "return" | "confirm";
      readonly cases: readonly string[];
      readonly inboxSeq: number;
      readonly at: string;
    };

export type EmergencyTopic = "gas" | "fire" | "medical" | "violence" | "self-harm";

export type ResidentCommand =
  | "status"
  | "remind"
  | "withdraw"
  | "why"
  | "relocate"
  | "my-data"
  | "delete-my-data"
  | "help";

/** What a resident's text means, before it is known to which case it belongs. */
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
 * What a bound deputy's text means. `number` is as typed (half width), null when left out; with `、` between them where
 * several were typed.
 */
export type DeputyMeaning =
  | { readonly kind: "bind"; readonly code: string }
  | { readonly kind: "list" }
  | { readonly kind: "show"; readonly number: string }
  | { readonly kind: "reply"; readonly number: string | null; readonly text: string }
  | { readonly kind: "close"; readonly number: string | null; readonly text: string }
  | { readonly kind: "return"; readonly number: string | null; readonly text: string }
  | { readonly kind: "refer"; readonly number: string | null; readonly text: string }
  /** `until` is the last day of absence, YYYY-MM-DD; null when it could not be read. `standIn` as {@link standInNamed}. */
  | { readonly kind: "away"; readonly until: string | null; readonly standIn: string | null }
  | { readonly kind: "back" }
  | { readonly kind: "stats" }
  | { readonly kind: "help" }
  /** Words without a command. */
  | { readonly kind: "words" };

/**
 * What a resident's text means here and now.
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
  if (isThanks(text)) return { kind: "thanks" };
  if (saysNothingYet(text)) return { kind: "nothing-yet" };
  if (isFollowUp(text)) return { kind: "follow-up" };
  return { kind: "matter" };
}
