import type { AnsweredCase } from "../answers/refused.ts";
import type { DayPart } from "../calendar/weekly.ts";
import type { How } from "../case/claims.ts";
import type { Position } from "../messages/message.ts";
import type { AskWhy, PlaceChoice } from "../place/finding.ts";
import type { Act } from "../understanding/meaning.ts";
import type { CodeTries } from "./code-tries.ts";
import type { SpokenCommand } from "./deputy/commands.ts";
import type { WordedDeed } from "./deputy/press.ts";

/** The dialog state of a conversation: what is remembered between two messages. Times are ISO strings. */
export type DialogState = {
  /** The question that waits for this person's answer. */
  readonly question?: OpenQuestion;
  /** Questions that a later one pushed aside, newest first; each is open again when those before it are answered. */
  readonly aside?: readonly OpenQuestion[];
  /** The place that a scanned code preset for what is said next. */
  readonly scene?: { readonly kind: "grid" | "station" | "deputy"; readonly code: string; readonly at: string };
  /** A position shared, or a place named, before anything was said about it; kept for some time. */
  readonly draft?: {
    /** Null for a place that was named. */
    readonly position: Position | null;
    /** What the position is called, or the words that name the place. */
    readonly label: string;
    /** The inbox row that brought it. */
    readonly seq: number;
    readonly at: string;
  };
  /** Words that said nothing yet (a greeting), waiting to be joined to what follows. */
  readonly greetedAt?: string;
  /** Case numbers that this deputy was last shown or sent, newest first, at most five. */
  readonly focus?: readonly string[];
  /** Words of this deputy that nobody was given, newest first: they lie, sealed, in the inbox. */
  readonly kept?: readonly { readonly seq: number; readonly at: string }[];
  /** The cases of this person that were answered at once, newest first, at most five: a word opens one again. */
  readonly answered?: readonly AnsweredCase[];
  /** The role in which this person spoke last, where they have several. */
  readonly speaksAs?: SpokenRole;
  /** The roles between which this person was asked to choose, in the order of their digits, and the inbox row whose words wait for it. */
  readonly roleAsked?: { readonly roles: readonly SpokenRole[]; readonly seq: number; readonly at: string };
  /** The matter of which this person last spoke for a unit: what they show next is of it. */
  readonly unitMatter?: { readonly number: string; readonly ref: string; readonly at: string };
  /** The matter that this person last took down for a station: what they show next is of it, and how its person is told may be asked still. */
  readonly takenDown?: {
    readonly number: string;
    readonly ref: string;
    readonly at: string;
    readonly isAsked: boolean;
  };
  /** The calls of a station as this person was last shown them, in order by their ids, and the one whose number they saw, with the version of its case. */
  readonly calls?: {
    readonly ref: string;
    readonly ids: readonly string[];
    readonly at: string;
    readonly shown?: { readonly id: string; readonly etag: string; readonly at: string };
  };
  /** The day on which this person was last told that the county is in trial, YYYY-MM-DD. */
  readonly notOpenOn?: string;
  /** Invite codes that this person tried in vain of late. */
  readonly codeTries?: CodeTries;
};

/** A role in which a person speaks: `ref` is the code of the unit or station, empty for the deputy as whom the chat is bound. */
export type SpokenRole = { readonly role: "deputy" | "unit" | "station"; readonly ref: string };

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
      readonly waiting: readonly WaitingPart[];
      readonly at: string;
    }
  | {
      readonly kind: "rating";
      readonly case: string;
      /** What was said of it: that it is solved, or a unit's word alone that it is, of a case that is still open. */
      readonly of?: "solved" | "unit-word";
      readonly at: string;
    }
  /** A case was answered or closed before its resident put right what they had said: shall somebody look again? */
  | { readonly kind: "look-again"; readonly case: string; readonly at: string }
  /** A unit says that a deputy's case is done: have they looked? */
  | { readonly kind: "unit-done"; readonly case: string; readonly at: string }
  /** A deputy has looked, and is asked for the words that the resident gets. */
  | { readonly kind: "closing-words"; readonly case: string; readonly how: How; readonly at: string }
  /** A deputy closed a case: how do they know? The words of the closing wait in the thread of the case. */
  | { readonly kind: "closing-how"; readonly case: string; readonly at: string }
  /** A deputy answers or closes a case of a topic: are all of it meant? The words wait, sealed, in the inbox. */
  | {
      readonly kind: "all-or-one";
      readonly case: string;
      readonly topic: string;
      readonly command: "reply" | "close";
      readonly inboxSeq: number;
      readonly at: string;
    }
  /** A deputy pressed a button that needs words: what they write next is for this case. */
  | { readonly kind: "pressed"; readonly case: string; readonly command: WordedDeed; readonly at: string }
  /** A deputy wants to use a kept sentence: shall the resident of this case get it? `phrase` names it, and holds none of its words. */
  | { readonly kind: "phrase"; readonly case: string; readonly phrase: string; readonly at: string }
  /** A deputy said on which days of each week they are away: is it so? From 1, Monday, to 7; both days belong to it. */
  | {
      readonly kind: "weekly";
      readonly weekdays: readonly number[];
      readonly from: string;
      readonly until: string | null;
      /** Left out for whole days by a version that knew no others. */
      readonly part?: DayPart | null;
      readonly at: string;
    }
  | {
      /** Words that may mean several things: the acts that are offered, in the order of their digits. */
      readonly kind: "which-act";
      readonly options: readonly Act[];
      /** A transcript was shown to whoever spoke, to be confirmed; nothing is offered then. */
      readonly isHeard?: true;
      /** The choice that another model voted for in vain: the answer shows whether it was right. */
      readonly vote?: Act;
      /** The words themselves: they wait, sealed, in the inbox. */
      readonly waiting: readonly WaitingPart[];
      readonly at: string;
    }
  | {
      /**
       * A deputy's command that could mean several cases; `confirm` when words came without a command, `own` when they came and
       * nothing says of which case, `keep` when something was shown and nobody knows of which case, `pass-on` when it is kept with
       * its case and the resident may get it too.
       */
      readonly kind: "deputy-which-case";
      readonly command: "show" | SpokenCommand | "confirm" | "own" | "keep" | "pass-on";
      readonly cases: readonly string[];
      readonly inboxSeq: number;
      /** The words were shown whole when they were asked about: the number in them is none of a case. */
      readonly isWhole?: boolean;
      /** What was shown and is asked about; with a command that is asked about too, in no case yet. */
      readonly shown?: readonly WaitingPart[];
      readonly at: string;
    };

/** A message that waits, sealed in the inbox, for the answer to a question. */
export type WaitingPart = { readonly seq: number; readonly kind: string; readonly mediaId: string | null };
