/** Milliseconds on the clock of the run itself, from its start; no clock of the service's processes is believed. */
type Moment = number;

/** A phone at the simulated platform. The same openid may stand for two people in two counties. */
type Person = {
  readonly county: string;
  readonly openid: string;
  /** The code of the deputy whose phone it is; null for residents. */
  readonly deputy: string | null;
};

/** A message that a person sent, as the platform's log has it: all tries have the same `msgId`. */
export type Sent = {
  readonly msgId: string;
  readonly county: string;
  readonly openid: string;
  readonly text: string;
  /** The word by which the text is found again wherever it goes; null for commands. */
  readonly token: string | null;
  /** On whose phones the token may ever stand: openids of the same county. */
  readonly readers: readonly string[];
  /** Codes of the deputies who may follow the case of the text, and read it then. */
  readonly followers: readonly string[];
  /** Deputies whom the text accuses. */
  readonly accused: readonly string[];
  /** Whether everybody of a topic gets it. */
  readonly isForMany: boolean;
  readonly sentAt: Moment;
  /** When the platform first got its success; null when it never did. */
  readonly answeredAt: Moment | null;
  readonly tries: number;
};

/** What the platform accepted for a phone, whether or not the caller was told so. */
export type Arrival = {
  readonly at: Moment;
  readonly county: string;
  readonly openid: string;
  readonly text: string;
};

/** A row of the inbox. */
export type StoredMessage = {
  readonly seq: number;
  readonly county: string;
  /** Null when the row cannot be opened. */
  readonly openid: string | null;
  readonly dedupeKey: string;
  readonly outcome: string | null;
  readonly isProcessed: boolean;
  readonly failure: string | null;
  readonly caseNumber: string | null;
};

/** Words in the thread of a case, unsealed. */
export type Word = {
  readonly direction: "in" | "out";
  readonly party: "resident" | "deputy" | "unit" | "office" | "service";
  readonly kind: string;
  readonly text: string;
};

/** A case with its events in order and its words. */
export type StoredCase = {
  readonly county: string;
  readonly number: string;
  readonly openid: string;
  readonly deputy: string | null;
  /** Codes of the deputies who follow it. */
  readonly followers: readonly string[];
  readonly state: string;
  readonly isClosed: boolean;
  readonly isSealed: boolean;
  readonly rating: number | null;
  readonly reopenings: number;
  readonly events: readonly { readonly type: string; readonly by: string; readonly details: Record<string, unknown> }[];
  readonly words: readonly Word[];
};

/** One call to the platform about an outgoing message, as the service wrote it down. */
export type Attempt = {
  /** The same for all messages that left in one call. */
  readonly call: string;
  readonly rung: string;
  readonly outcome: string | null;
  readonly reason: string | null;
};

/** A row of the outbox, unsealed. */
export type Outgoing = {
  readonly seq: number;
  readonly county: string;
  /** Null while it has no conversation. */
  readonly openid: string | null;
  readonly kind: string;
  readonly caseNumber: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly awaitsContact: boolean;
  /** The `seq` of the message that this one tells again; null for all others. */
  readonly repeats: number | null;
  readonly text: string;
  readonly attempts: readonly Attempt[];
};

/** A fault that was injected. */
export type FaultDone = {
  readonly kind: string;
  readonly target: string;
  readonly at: Moment;
  readonly until: Moment;
  /** How many calls to the platform can have lost their answers by it. */
  readonly mayLose: number;
  /** What went wrong beyond the fault itself: a process that did not stop when asked to. */
  readonly trouble: string | null;
};

/** How long it took until everything accepted was delivered. */
export type Recovery = { readonly what: string; readonly tookMs: number | null; readonly waiting: readonly string[] };

/** The reminder of a deputy on a day; moments in ISO 8601. */
export type Reminder = {
  readonly county: string;
  readonly deputy: string;
  readonly at: string;
  /** The numbers of the cases that it names. */
  readonly cases: readonly string[];
};

/** A day by which an answer was promised to a resident, and what became of it; moments in ISO 8601, null where it did not happen. */
export type PromisedDay = {
  readonly county: string;
  readonly number: string;
  /** Who has it at the end; null where nobody but the office does. */
  readonly deputy: string | null;
  readonly hasChat: boolean;
  readonly dueAt: string;
  /** When it was met, or another day took its place. */
  readonly settledAt: string | null;
  readonly answeredAt: string | null;
  /** When its resident was told that the day had passed. */
  readonly saidAt: string | null;
  /** When its station or the office was asked to see to it. */
  readonly passedOnAt: string | null;
};

/** What a county's ledger says of itself when it is verified. */
export type Ledger = { readonly county: string; readonly broken: string | null };

/** A hand-over with what became of the message that hands it over to another case system; null where it goes to a unit's chat. */
export type HandedOver = {
  readonly id: string;
  readonly county: string;
  readonly number: string;
  readonly state: string;
  readonly message: { readonly state: string; readonly tries: number } | null;
};

/** A call that reached the other case system. */
export type PlatformCall = {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly body: string;
  /** Null where it got no answer. */
  readonly status: number | null;
  /** Whether it was taken down there. */
  readonly isTaken: boolean;
};

/** A topic with those who ever belonged to it and the acts of which all of them are told; moments in ISO 8601. */
export type StoredTopic = {
  readonly county: string;
  readonly number: string;
  readonly members: readonly {
    readonly openid: string;
    readonly caseNumber: string;
    readonly since: string;
    /** Null while the case belongs to it. */
    readonly until: string | null;
  }[];
  readonly told: readonly { readonly kind: string; readonly at: string; readonly isDone: boolean }[];
};

/** Everything that is known after a run: what the platform saw, and what the database holds. */
export type History = {
  readonly people: readonly Person[];
  readonly sent: readonly Sent[];
  readonly arrivals: readonly Arrival[];
  readonly stored: readonly StoredMessage[];
  readonly cases: readonly StoredCase[];
  readonly outgoing: readonly Outgoing[];
  readonly faults: readonly FaultDone[];
  /** Dedupe keys of rows that were planted to break their handler. */
  readonly poison: readonly string[];
  readonly recoveries: readonly Recovery[];
  readonly ledgers: readonly Ledger[];
  readonly reminders: readonly Reminder[];
  readonly promises: readonly PromisedDay[];
  readonly handedOver: readonly HandedOver[];
  readonly platformCalls: readonly PlatformCall[];
  readonly topics: readonly StoredTopic[];
  /** The service's time at the end, in ISO 8601. */
  readonly endsAt: string;
};

/** A broken promise of quality.md. */
export type Violation = {
  readonly invariant: string;
  readonly text: string;
  /** The token, the message id or the number by which its story is told; null when it is about the whole run. */
  readonly about: string | null;
};

/** The words by which generated texts are found again: they survive masking, and are no word of any language. */
const TOKEN = /事[bcdfghjklmnpqrst]{5}/g;

/** Every token in a text, in order. */
export function tokensIn(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** The message with this token that a person sent, by the token. */
export function byToken(history: History): ReadonlyMap<string, Sent> {
  return new Map(history.sent.flatMap((sent) => (sent.token === null ? [] : [[sent.token, sent] as const])));
}

/** Names a phone. */
export function phoneKey(county: string, openid: string): string {
  return `${county}/${openid}`;
}
