/** The outcome of a webhook's request: stored, answered without storing (a handshake), refused, or not stored though it should have been. */
export type WebhookOutcome = "accepted" | "answered" | "refused" | "failed";

/** How a call to a platform ended; `blocks` says of a refusal what else would fail for the same reason. */
type CallOutcome = {
  readonly outcome: "delivered" | "uncertain" | "retry" | "refused" | "moved";
  readonly blocks?: "rung" | "person" | "content" | "account";
};

/**
 * A counter of what happens. No argument may hold anything personal, or anything of which there are more than a few
 * kinds: each becomes a label.
 */
export type Tally = {
  /** @param channel a channel's type, or `unknown` */
  webhook(channel: string, outcome: WebhookOutcome, seconds: number): void;
  /** @param outcomes one for each message that took effect: where it ended */
  processed(outcomes: readonly string[]): void;
  processingFailed(): void;
  wrongCodes(
    where: { readonly county: string; readonly channel: string; readonly account: string },
    wrong: number,
  ): void;
  /** Something that was said on a page of the web chat. @param end whether it was taken, as the guard against floods names it */
  saidOnPage(account: string, end: string): void;
  /** Shows from now on whether this process spares an account. @param account its name, which the office gave it */
  account(channel: string, account: string, isPaused: () => boolean): void;
  /** One call of the model beside the service. @param result `voted`, or why there is no vote */
  asked(result: string, seconds: number): void;
  /** What became of a vote, or whether the resident's own answer agreed with it. */
  vote(what: string): void;
  /** One exchange with another case system. @param direction `out`, `in` or `poll` */
  exchange(direction: string, outcome: string, seconds?: number): void;
  /** A page that was pulled from a platform. @param result whether it was stored, or could not be fetched or stored */
  pulled(channel: string, result: "stored" | "failed"): void;
  /** Shows from now on whether this process holds an account's connection; null ends that: there is no such account any more. */
  connected(channel: string, account: string, isConnected: boolean | null): void;
  called(channel: string, rung: string, result: CallOutcome, seconds: number): void;
};

/** A traceparent of the W3C, by which a later step finds its trace. */
export type TraceParent = string;

/** The tracing of messages through all processes. */
export type Tracing = {
  /** Under which the present step runs; undefined outside of any. */
  current(): TraceParent | undefined;
  /**
   * Runs a step as a span of its own.
   *
   * The first of `parents` is the trace to which it belongs; the others, and the step within which it runs, are linked.
   * Without any it belongs to the step within which it runs.
   */
  step<T>(name: string, about: Step<T>, work: () => Promise<T>): Promise<T>;
};

/** What is told about a step; the same rule as for labels holds for attributes. */
type Step<T> = {
  readonly parents?: readonly TraceParent[];
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the end of the step adds. */
  readonly ended?: (result: T) => Readonly<Record<string, string>>;
  /** Whether it goes out to another system. */
  readonly isCall?: boolean;
};

/** The settings of tracing: where traces go, as the OTEL_* names of the environment say. */
export type TraceSettings = {
  /** The whole address to which they are posted, as OTLP in JSON. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** How many of all traces are kept, 0 to 1. */
  readonly share: number;
};
