import type { Inbound, MediaReference, Outbound, OutboundContent, Revision, Rung } from "../domain/messages/message.ts";

/** A request to a webhook, as it arrived: the body is raw, for signatures are over bytes. */
export type WebhookRequest = {
  readonly method: "GET" | "POST";
  readonly query: URLSearchParams;
  /** The value of a header by its lower-case name; null when it is not there. */
  readonly header: (name: string) => string | null;
  readonly body: Uint8Array;
};

/** The reply to a request of the platform, sent verbatim. */
export type WebhookReply = { readonly status: number; readonly contentType: string; readonly body: string };

/** A word of the platform that something lies ready: `key` names what to pull, `hint` makes the next pull cheaper while it lasts. */
export type Nudge = { readonly key: string; readonly hint: string | null };

/**
 * A signature that vouches for a request without covering its body, as in WeChat's plain mode.
 *
 * Whoever sees it once could put it under words of their own: it serves one request only and its repetitions.
 */
export type LooseSignature = {
  readonly signature: string;
  /** A digest of all of the request that the signature leaves open. */
  readonly servesFor: string;
  /** After that it is too old in every reading; null where no age is too old. */
  readonly until: Date | null;
  /** The answer where it has served for another request. */
  readonly refusal: WebhookReply;
};

/**
 * The result of reading a request.
 *
 * `refused` is one plain answer for everything that fails the signature, freshness or form checks; nothing is stored.
 * `answered` needs no storing (a handshake). `received` must be stored first, messages and nudges in one transaction: only
 * then may `acknowledgement` be sent, or, where an answer waits for this person, what `replyWith` makes of it. Where a signature is `loose`, that it served
 * for this request must be stored with the messages, before any answer.
 */
export type WebhookResult =
  | { readonly kind: "refused"; readonly reply: WebhookReply; readonly reason: string }
  | { readonly kind: "answered"; readonly reply: WebhookReply; readonly loose?: LooseSignature }
  | {
      readonly kind: "received";
      readonly messages: readonly Inbound[];
      readonly nudges: readonly Nudge[];
      readonly loose?: LooseSignature;
      readonly acknowledgement: WebhookReply;
      /** The platform's synchronous reply that carries `outbound`; null when this platform or message allows none. */
      readonly replyWith: (outbound: Outbound) => WebhookReply | null;
    };

/** An account of a county on a platform. `settings` and `secrets` are what `channel add` was given, by option name. */
export type ChannelAccount = {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly channel: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Until when its direct messages count as refused by the platform; left out where they are not. */
  readonly directRefusedUntil?: Date;
};

/** The one whom a message is for: one person, or a room of several. */
export type Address = { readonly kind: "person" | "room"; readonly id: string };

/**
 * The outcome of one call to the platform.
 *
 * `delivered` only on the platform's own success; `handle` changes the message later. `uncertain` when the request left and no
 * answer came back: it may have arrived, so it is repeated only where the account recognises its key. `retry` when it certainly
 * did not arrive and trying again may help; `scope` says whether this message, everything to this address or everything of the
 * account is to wait. `refused` says why not, and `blocks` says what else would fail for the same reason: this `rung` for this
 * person until the next contact, this `person` on every rung, this `content` only, or this rung of the whole `account` (somebody
 * must mend it), which `lacks` it where the platform says that an account of its kind has no such interface. `moved`: the same
 * chat has another address now, and nothing was sent.
 */
export type SendOutcome =
  | { readonly outcome: "delivered"; readonly platformId: string | null; readonly handle?: string }
  | { readonly outcome: "uncertain"; readonly reason: string }
  | {
      readonly outcome: "retry";
      readonly reason: string;
      readonly afterMs: number;
      readonly scope: "message" | "address" | "account";
    }
  | {
      readonly outcome: "refused";
      readonly reason: string;
      readonly blocks: "rung" | "person" | "content" | "account";
      readonly lacks?: true;
    }
  | { readonly outcome: "moved"; readonly to: string };

/** The outcome of changing a card. `spent`: the handle was used or is too old; nothing is lost, the message stands as it was. */
export type ReviseOutcome =
  | { readonly outcome: "done" | "spent" }
  | Exclude<SendOutcome, { outcome: "delivered" | "moved" }>;

/** The result of fetching a file from the platform; `retryable` where a later try may succeed. */
export type FetchedMedia =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly contentType: string }
  | { readonly ok: false; readonly reason: string; readonly retryable: boolean };

/** A store of values that all processes of an installation share for a limited time: access tokens. */
export type SharedStore = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Deletes `key` only while it still holds `value`, so that a token renewed by another process stays. */
  deleteIfEqual(key: string, value: string): Promise<void>;
};

/** A pause of an account: until when it sends nothing, and why. */
export type Pause = { readonly until: Date; readonly reason: string };

/**
 * A function that checks whether a message is still this process's to send: after a long stop, another may have taken
 * over.
 */
export type IsOurs = () => boolean;

/**
 * A line of the test of an account: what was tried and what came of it, by a stable code; `detail` holds the platform's words or a number,
 * never a secret. Unknown where it could not be found out.
 */
export type TestLine = {
  readonly what: "token" | "callback" | "quota" | "template" | "subscription";
  readonly verdict: "fine" | "wrong" | "unknown";
  readonly code: string;
  readonly detail: string;
};

/** The abilities of an account; casework reads them and never asks which platform it is. */
export type Abilities = {
  /** The rungs that this account has, best first; `["passive"]` for one that may only answer. */
  readonly rungs: readonly Rung[];
  /** `after-contact`: direct messages only within what `Inbound.window` allowed. `open`: at any time to whoever ever wrote. */
  readonly window: "open" | "after-contact";
  /** Whether a person must have written first. Where not (WeCom, DingTalk, SMS) staff may enter an address by hand. */
  readonly mustWriteFirst: boolean;
  /** Whether several texts are better sent as one: each costs a message of the window. */
  readonly joinsTexts: boolean;
  readonly choices: { readonly max: number; readonly maxLabelLength: number } | null;
  /** `revisions` is how often a card can be changed by one handle; words longer than `maxWords` are sent before their card, as text. */
  readonly cards: {
    readonly maxActions: number;
    readonly revisions: number;
    readonly revisableForMs: number;
    readonly maxWords?: number;
  } | null;
  /** The forms that can be sent, with the largest size in bytes. */
  readonly media: Partial<Record<MediaReference["form"], number>>;
  readonly replyTo: "id" | "words" | null;
  readonly rooms: boolean;
  /** How long the platform recognises `Outbound.key`: an uncertain send may be repeated that long; 0 where it never does. */
  readonly idempotentMs: number;
  /** Whether a delivery report may still take a `delivered` back. */
  readonly reports: boolean;
  /** The fastest at which is sent: the platform punishes or silently drops what is above. */
  readonly pace: { readonly perSecond: number; readonly perAddressPerMinute: number };
};

/** The sending side of one account. */
export type Sender = {
  readonly abilities: Abilities;
  /** Cuts a text at sentence ends into pieces that this platform takes. The pieces joined are the text. */
  split(text: string): string[];
  /** Why direct messages are better not tried now (the platform is down, a quota is used up); null when they are. */
  pause(): Pause | null;
  /**
   * Makes one call; never throws for what the platform or the network does.
   * @param isOurs asked before each request in which the message would leave: where it says no, nothing more is sent, which
   *   is `retry`, or `uncertain` when a part has left. Always ours when left out
   */
  send(rung: Rung, to: Address, outbound: Outbound, isOurs?: IsOurs): Promise<SendOutcome>;
  /** Changes a card by a handle of its delivery or of a press on it; best effort, never on the ladder. */
  revise(handle: string, to: Address, revision: Revision): Promise<ReviseOutcome>;
  fetchMedia(reference: MediaReference): Promise<FetchedMedia>;
  /**
   * Tries the account as it is, with nothing of any resident: whether the platform gives a token, whether the callback address answers a
   * signed request, what the quota and the templates are. Left out where a channel has no such test.
   * @param callback the address that is entered at the platform
   */
  test?(callback: string): Promise<TestLine[]>;
  /**
   * The link that opens a chat here with a scene, for a QR code; or why there is none.
   * @param forSeconds how long it serves at least; for ever when left out, of which a platform may have few
   */
  link(
    scene: string,
    forSeconds?: number,
  ): Promise<{ readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: string }>;
};

/** The messages that lay ready, and where to go on; `more` when there is more right now. */
export type Pulled =
  | { readonly ok: true; readonly messages: readonly Inbound[]; readonly cursor: string; readonly more: boolean }
  | { readonly ok: false; readonly reason: string; readonly retryAfterMs: number };

/** A function that stores the messages of a live connection: it resolves when they are stored, and only then the platform may be told. */
export type Hand = (messages: readonly Inbound[]) => Promise<void>;

/** A connection that one process holds. `closed` resolves when it ended, with why; the caller opens another. */
export type Connection = { readonly closed: Promise<string>; close(): Promise<void> };

/** The place in which a channel of our own (the web chat) puts what a person is to read, and finds what they sent; over the database. */
export type Mailbox = {
  /** @returns the id of the post, the same for the same key; null where there is no such person any more */
  put(to: Address, key: string, content: OutboundContent): Promise<string | null>;
  /** A file that a person sent; null where it is gone. */
  upload(mediaId: string): Promise<Uint8Array | null>;
};

/**
 * The services that a sender is given: another base address of the platform, our own address, shared store, clock, limits,
 * randomness.
 */
export type SenderServices = {
  readonly apiBase: string | undefined;
  /** The address at which the world sees this service. */
  readonly publicUrl: string;
  readonly store: SharedStore;
  /** Of the account's own posts; left out for a channel that has a platform. */
  readonly mailbox?: Mailbox;
  readonly now: () => Date;
  readonly timeoutMs: number;
  /** How a request is made; `fetch` of Node when left out. */
  readonly fetch?: typeof fetch;
  /** 0 to 1, for spreading what many do at once; Math.random when left out. */
  readonly random?: () => number;
};

/** An option of an account, one thing that `channel add` asks for. */
export type Option = {
  /** As in `--app-id`. */
  readonly name: string;
  readonly meaning: string;
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  /** Whether `receive` needs it: what the edge must be given, and nothing else. */
  readonly isForReceiving: boolean;
};

/** The rules for the age of a request; see `WEBHOOK_MAX_AGE`. */
type AgeRules = {
  readonly now: Date;
  /** The clock that platforms have, where `now` was moved for a rehearsal. */
  readonly unmoved?: Date | undefined;
  /** 0 for ever. */
  readonly maxAgeSeconds: number;
};

/**
 * A platform's adapter: it reads callbacks, checks options and opens senders; one folder, one entry in the registry.
 */
export type Channel = {
  readonly type: string;
  /** What people call it, for sentences such as “您的微信账号”, by locale. */
  readonly names: { readonly "zh-CN": string; readonly en: string };
  /** The name of the environment variable that replaces the platform's API address. */
  readonly apiBaseVariable: string;
  readonly options: readonly Option[];
  /** How long the platform waits for an answer; the webhook gives up a second before. */
  readonly answerWithinMs: number;
  /** Checks what `channel add` was given; `problems` are plain sentences that name the option. */
  configure(
    options: Readonly<Record<string, string | undefined>>,
  ):
    | { readonly ok: true; readonly settings: Record<string, string>; readonly secrets: Record<string, string> }
    | { readonly ok: false; readonly problems: readonly string[] };
  /** Where residents open a page of our own; left out where a platform has a webhook. */
  pageOf?(account: string): string;
  /**
   * The id by which the platform calls a member, as somebody of the office typed it; null where it cannot be one. Left out where nobody
   * can be written to before they wrote themselves.
   */
  memberId?(typed: string): string | null;
  /** What is weak about how an account is set up: plain sentences that say what to do, none where all is well; none when left out. */
  weaknesses?(account: Pick<ChannelAccount, "settings" | "secrets">): readonly string[];
  receive(account: ChannelAccount, request: WebhookRequest, rules: AgeRules): WebhookResult;
  connect(account: ChannelAccount, services: SenderServices): Sender;
  /** Tells the platform our address, where that is a call; run by `channel add`. @returns plain sentences of what is wrong */
  register?(account: ChannelAccount, services: SenderServices, webhookUrl: string): Promise<readonly string[]>;
  /** Fetches what lies ready, where the platform only says that there is something. One puller per account and key, under a lock; the cursor is stored with the messages. */
  pull?(
    account: ChannelAccount,
    services: SenderServices,
    from: { readonly key: string; readonly cursor: string; readonly hint: string | null },
  ): Promise<Pulled>;
  /** Stays connected to the platform, where we call it. One connection per account over all processes. */
  live?(account: ChannelAccount, services: SenderServices, hand: Hand): Promise<Connection>;
  /** Whether this account stays connected, where some of the platform's do and some do not. Each does, when left out. */
  staysConnected?(account: Pick<ChannelAccount, "settings">): boolean;
};
