/** A question with numbered choices; only one is open per conversation. */
export type OpenQuestion =
  | {
      readonly kind: "where";
      readonly case: string;
      readonly turn: 1 | 2;
      readonly why: string;
      readonly choices: readonly { readonly label: string }[];
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

/** The kinds of danger that the lists told apart. */
export type EmergencyTopic = "gas" | "fire" | "medical" | "violence" | "self-harm";

/** What residents could ask by a word. */
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
