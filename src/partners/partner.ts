import type { PartnerMessageKind, PartnerType } from "../domain/acts/partner.ts";

/** A partner as its type needs it: where it is, and how both sides know each other. */
export type PartnerAccount = {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly jurisdictionCode: string;
  readonly services: Readonly<Record<string, string>>;
  /** Where it answers to; null where the service has no address of its own. */
  readonly replyUrl: string | null;
};

/** A message about a hand-over: all that may leave the house, and nothing else. */
export type HandoverMessage = {
  /** The same at each try. */
  readonly id: string;
  readonly kind: PartnerMessageKind;
  readonly number: string;
  readonly county: string;
  readonly category: string | null;
  readonly grid: string | null;
  readonly township: string | null;
  readonly place: string;
  /** The working copy of the resident's words, masked. */
  readonly text: string;
  readonly priority: boolean;
  readonly receivedOn: string;
  readonly dueOn: string;
  /** The middle of the grid in WGS 84, longitude first; never where somebody was. */
  readonly middle: readonly [number, number] | null;
  /** The words of what changed, masked: those that put something right, or those of a matter that has a number of its own now; null of other kinds. */
  readonly changed: string | null;
  /** The number that the other side gave the hand-over; null before it has. */
  readonly externalId: string | null;
  /** Whether a try before this one may have arrived, for nobody saw its end. */
  readonly mayHaveArrived: boolean;
  readonly madeAt: Date;
};

/** The end of a call. `status` is of HTTP, null without an answer; `reason` is a code; `isFinal` where no other try can help. */
export type SendResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly externalId: string | null;
      readonly token: string | null;
    }
  | { readonly ok: false; readonly status: number | null; readonly reason: string; readonly isFinal?: true };

/** The news of one matter, as the other side says it; `at` is by its clock. */
export type PartnerNews = {
  /** Ours or theirs: one of them is there. */
  readonly number: string | null;
  readonly externalId: string | null;
  /** Their code of a state. */
  readonly code: string;
  readonly text: string;
  readonly at: Date | null;
  readonly isFinal: boolean;
};

/** A matter of which news is asked. */
export type OpenMatter = {
  readonly id: string;
  readonly externalId: string | null;
  readonly token: string | null;
};

/** The answer to a question for news: the numbers that matters have got meanwhile, and the news. */
export type PollResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly numbered: readonly { readonly id: string; readonly externalId: string }[];
      readonly news: readonly PartnerNews[];
    }
  | { readonly ok: false; readonly status: number | null; readonly reason: string };

/** A call of a partner, as it came: its headers in lower case and its body. */
export type Callback = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};

/** The meaning of a call: a wrong signature, what cannot be read, or news. `id` is the call's own. */
export type Understood =
  | { readonly kind: "unsigned" }
  | { readonly kind: "unreadable"; readonly id: string }
  | { readonly kind: "news"; readonly id: string; readonly news: PartnerNews };

/** The means by which a partner is called: the network, and the clock that the other side has too. */
export type Means = { readonly fetch: typeof fetch; readonly timeoutMs: number; readonly now: () => Date };

/** A type of case systems of others: how a hand-over gets there and how news comes back. */
export type Partner = {
  readonly type: PartnerType;
  /** Sends a message; it never throws, and never says that something arrived when it is not so. */
  send(account: PartnerAccount, message: HandoverMessage, means: Means): Promise<SendResult>;
  /** Asks for news since a moment; null for a type that calls by itself. */
  readonly poll:
    | ((account: PartnerAccount, since: Date, open: readonly OpenMatter[], means: Means) => Promise<PollResult>)
    | null;
  /** Understands a call. @param times the clocks by which it may be new */
  understand(account: PartnerAccount, callback: Callback, times: readonly Date[]): Understood;
};
