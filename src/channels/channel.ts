import type { Inbound, Outbound, Rung } from "../domain/messages/message.ts";

/** A request to a webhook, as it arrived: the body is raw, for signatures are over bytes. */
export type WebhookRequest = {
  readonly method: "GET" | "POST";
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Uint8Array;
};

/** The reply to a request of the platform, sent verbatim. */
export type WebhookReply = { readonly status: number; readonly contentType: string; readonly body: string };

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
 * `answered` needs no storing (a handshake). `received` must be stored first: only then may `acknowledgement` be sent,
 * or, where an answer waits for this person, what `replyWith` makes of it. Where a signature is `loose`, that it served
 * for this request must be stored with the messages, before any answer.
 */
export type WebhookResult =
  | { readonly kind: "refused"; readonly reply: WebhookReply; readonly reason: string }
  | { readonly kind: "answered"; readonly reply: WebhookReply; readonly loose?: LooseSignature }
  | {
      readonly kind: "received";
      readonly messages: readonly Inbound[];
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

/**
 * The outcome of one call to the platform.
 *
 * `delivered` only on the platform's own success. `uncertain` when the request left and no answer came back: it may have
 * arrived, so it is not tried again. `retry` when it certainly did not arrive and trying again may help. `refused` says why
 * not, and `blocks` says what else would fail for the same reason: this `rung` for this person until the next contact,
 * this `person` on every rung, this `content` only, or this rung of the whole `account` (somebody must mend it), which
 * `lacks` it where the platform says that an account of its kind has no such interface.
 */
export type SendOutcome =
  | { readonly outcome: "delivered"; readonly platformId: string | null }
  | { readonly outcome: "uncertain"; readonly reason: string }
  | { readonly outcome: "retry"; readonly reason: string; readonly afterMs: number }
  | {
      readonly outcome: "refused";
      readonly reason: string;
      readonly blocks: "rung" | "person" | "content" | "account";
      readonly lacks?: true;
    };

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

/** The sending side of one account. */
export type Sender = {
  /** The rungs that this account has, best first. */
  readonly rungs: readonly Rung[];
  /** Cuts a text at sentence ends into pieces that this platform takes; each piece costs one message of the window. */
  split(text: string): string[];
  /** Why direct messages are better not tried now (the platform is down, a quota is used up); null when they are. */
  pause(): Pause | null;
  /**
   * Makes one call; never throws for what the platform or the network does.
   * @param isOurs asked before each request in which the message would leave: where it says no, nothing more is sent, which
   *   is `retry`, or `uncertain` when a part has left. Always ours when left out
   */
  send(rung: Rung, to: string, outbound: Outbound, isOurs?: IsOurs): Promise<SendOutcome>;
  fetchMedia(mediaId: string): Promise<FetchedMedia>;
  /**
   * Tries the account as it is, with nothing of any resident: whether the platform gives a token, whether the callback address answers a
   * signed request, what the quota and the templates are. Left out where a channel has no such test.
   * @param callback the address that is entered at the platform
   */
  test?(callback: string): Promise<TestLine[]>;
  /**
   * Registers a scene and gives the content of its QR code; null where the platform has none.
   * @param forSeconds how long it serves at least; for ever when left out, of which a platform has few
   */
  createQr(scene: string, forSeconds?: number): Promise<{ ok: true; url: string } | { ok: false; reason: string }>;
};

/**
 * The services that a sender is given: another base address of the platform, shared store, clock, limits, randomness.
 */
export type SenderServices = {
  readonly apiBase: string | undefined;
  readonly store: SharedStore;
  readonly now: () => Date;
  readonly timeoutMs: number;
  /** How a request is made; `fetch` of Node when left out. */
  readonly fetch?: typeof fetch;
  /** 0 to 1, for spreading what many do at once; Math.random when left out. */
  readonly random?: () => number;
};

/**
 * A platform's adapter: it reads callbacks, checks options and opens senders; one folder, one entry in the registry.
 */
export type Channel = {
  readonly type: string;
  /** The name of the environment variable that replaces the platform's API address. */
  readonly apiBaseVariable: string;
  /** Checks what `channel add` was given; `problems` are plain sentences that name the option. */
  configure(
    options: Readonly<Record<string, string | undefined>>,
  ):
    | { readonly ok: true; readonly settings: Record<string, string>; readonly secrets: Record<string, string> }
    | { readonly ok: false; readonly problems: readonly string[] };
  /** What is weak about how an account is set up: plain sentences that say what to do, none where all is well; none when left out. */
  weaknesses?(account: Pick<ChannelAccount, "settings" | "secrets">): readonly string[];
  receive(
    account: ChannelAccount,
    request: WebhookRequest,
    rules: { readonly now: Date; readonly unmoved?: Date | undefined; readonly maxAgeSeconds: number },
  ): WebhookResult;
  connect(account: ChannelAccount, services: SenderServices): Sender;
};
