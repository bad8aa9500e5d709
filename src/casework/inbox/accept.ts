import { inArray, sql } from "drizzle-orm";
import postgres from "postgres";
import type { Database, Transaction } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ChannelAccount, LooseSignature, Nudge } from "../../channels/channel.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import type { Inbound, InboundContent } from "../../domain/messages/message.ts";
import { withTimeout } from "../../with-timeout.ts";
import { sealPayload } from "./payload.ts";
import { type Cursor, type CursorChange, cursorChanges, moveCursors } from "./pull-cursors.ts";
import { besideOthers } from "./repetition.ts";
import { type SignatureUse, signatureUse, spend } from "./spent-signatures.ts";

/**
 * A wake-up for a county in which messages wait to be received; `urgent` when one of them speaks of a danger to life.
 * The inbox says whose they are.
 */
export type WakeUp = { readonly jurisdictionId: string; readonly urgent?: boolean };

/** The result of accepting: all is committed, or nothing, for the signature had served for another request. */
type Accepted = "stored" | "spent";

/** The inbox: it stores every message before its platform is told that it was received. */
export type Inbox = {
  /**
   * Resolves when all of `messages`, and what comes with them, are committed, be it now or by an earlier delivery of the same.
   * @throws when they could not be stored: the platform must be told to repeat them
   */
  accept(account: ChannelAccount, messages: readonly Inbound[], arrival?: Arrival): Promise<Accepted>;
  /** Waits until everything accepted so far is stored or refused. */
  close(): Promise<void>;
};

/** The arrival of messages, as far as it is not what it mostly is. */
type Arrival = {
  /** The signature, where it does not cover the request; it is used up with the same commit. */
  readonly loose?: LooseSignature;
  /** When they reached us, or each of them, where that was earlier: what waited elsewhere counts from then. */
  readonly arrivedAt?: Date | ((message: Inbound) => Date);
  /** What was said before then is kept and not answered: the account was not ours yet. */
  readonly answeredSince?: Date;
  /** Where to go on after them, of a platform from which they were pulled. */
  readonly cursor?: Cursor;
  /** What the platform says lies ready. */
  readonly nudges?: readonly Nudge[];
};

type Row = {
  readonly accountId: string;
  readonly peer: string;
  readonly dedupeKey: string;
  readonly kind: string;
  readonly payload: Uint8Array;
  readonly receivedAt: Date;
  readonly urgent: boolean;
  readonly trace: string | null;
  /** Of what is only kept: where it ended, at once. */
  readonly outcome: "earlier" | null;
};

type Request = {
  readonly rows: readonly Row[];
  readonly use: SignatureUse | null;
  readonly cursors: readonly CursorChange[];
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
};

/** `drained` ends when nothing of this county is left to write. */
type Lane = { readonly requests: Request[]; drained: Promise<void> | null };

const ROWS_AT_ONCE = 500;

/** A commit that hangs, on a connection that is half open, must not hold up those that come after it. */
const COMMIT_LIMIT_MS = 3000;

/**
 * Creates an inbox with group commit: requests that arrive together, or while a commit of their county is under way,
 * share the next one.
 * @param services.announce called after each commit of something new; it must not throw
 * @param services.trace says under which trace a request runs, which is kept with its messages: requests of many traces
 *   share one commit and one announcement
 */
export function createInbox(services: {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly announce: (wakeUp: WakeUp) => void;
  readonly trace?: () => string | undefined;
}): Inbox {
  const { database, vault, now, announce, trace } = services;
  const lanes = new Map<string, Lane>();

  const drain = async (jurisdictionId: string, lane: Lane): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (lane.requests.length > 0) {
      await commit(database, jurisdictionId, takeBatch(lane.requests), announce);
    }
    lane.drained = null;
    lanes.delete(jurisdictionId);
  };

  return {
    accept(account, messages, { loose, arrivedAt, answeredSince, cursor, nudges = [] } = {}) {
      const at = {
        receivedAt: typeof arrivedAt === "function" ? now() : (arrivedAt ?? now()),
        trace: trace?.() ?? null,
      };
      const rows = messages.map((message) => {
        const outcome = answeredSince !== undefined && message.sentAt < answeredSince ? "earlier" : null;
        const receivedAt = typeof arrivedAt === "function" ? arrivedAt(message) : at.receivedAt;
        return toRow(vault, account.id, message, { ...at, receivedAt, outcome });
      });
      const use = loose === undefined ? null : signatureUse(vault, account, loose);
      const cursors = cursorChanges(vault, account, { nudges, cursor, now: now() });
      if (rows.length + cursors.length === 0 && use === null) return Promise.resolve("stored");
      const lane = lanes.get(account.jurisdictionId) ?? { requests: [], drained: null };
      lanes.set(account.jurisdictionId, lane);
      return new Promise((resolve, reject) => {
        lane.requests.push({ rows, use, cursors, resolve, reject });
        lane.drained ??= drain(account.jurisdictionId, lane);
      });
    },
    async close() {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map((lane) => lane.drained));
    },
  };
}

function toRow(
  vault: Vault,
  accountId: string,
  message: Inbound,
  at: Pick<Row, "receivedAt" | "trace" | "outcome">,
): Row {
  return {
    accountId,
    peer: vault.blindIndex(message.sender, accountId),
    dedupeKey: message.dedupeKey,
    kind: message.content.kind,
    payload: sealPayload(vault, accountId, message),
    urgent: at.outcome === null && emergencyTopics(spokenIn(message.content)).length > 0,
    ...at,
  };
}

/** What was said in so many words, written or spoken. */
function spokenIn(content: InboundContent): string {
  if (content.kind === "text" || content.kind === "edited") return content.text;
  if (content.kind === "quarantined") return content.words ?? "";
  return content.kind === "media" ? (content.transcript ?? content.text ?? "") : "";
}

function takeBatch(requests: Request[]): Request[] {
  let rows = 0;
  const count = requests.findIndex((request) => {
    rows += request.rows.length;
    return rows > ROWS_AT_ONCE;
  });
  return requests.splice(0, count === -1 ? requests.length : Math.max(count, 1));
}

async function commit(
  database: Database,
  jurisdictionId: string,
  batch: readonly Request[],
  announce: (wakeUp: WakeUp) => void,
): Promise<void> {
  try {
    const { taken, news } = await withTimeout(COMMIT_LIMIT_MS, store(database, jurisdictionId, batch));
    for (const request of batch) request.resolve(taken.has(request) ? "stored" : "spent");
    const isUrgent = [...taken].some(({ rows }) => rows.some(({ urgent }) => urgent));
    if (news > 0) announce({ jurisdictionId, ...(isUrgent ? { urgent: true } : {}) });
  } catch (error) {
    if (batch.length > 1 && isAboutTheRows(error)) {
      for (const request of batch) await commit(database, jurisdictionId, [request], announce);
      return;
    }
    for (const request of batch) request.reject(error);
  }
}

/** Data (22), constraints (23) and deadlocks (40): one bad request must not fail those that came with it. */
function isAboutTheRows(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^(22|23|40)/.test(error.code);
}

/**
 * Stores what is new. A repetition is what comes with the same key from the same person: two people whose messages have one
 * key, as platforms give them under load, have two messages, and the later one is stored under a key of its own.
 *
 * @returns the requests whose signatures had not served for others, and how many messages of theirs are new; one statement
 *   whatever the number of rows, so that it is prepared once
 */
async function store(
  database: Database,
  jurisdictionId: string,
  batch: readonly Request[],
): Promise<{ readonly taken: ReadonlySet<Request>; readonly news: number }> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const spent = await spend(
      tx,
      jurisdictionId,
      batch.flatMap(({ use }) => use ?? []),
    );
    const taken = new Set(batch.filter(({ use }) => use === null || !spent.has(use)));
    const cursors = [...taken].flatMap((request) => request.cursors);
    if (cursors.length > 0) await moveCursors(tx, jurisdictionId, cursors);
    const rows = [...taken].flatMap((request) => request.rows);
    const stored = rows.length === 0 ? 0 : await insertNew(tx, jurisdictionId, rows);
    if (stored === rows.length) return { taken, news: stored };
    const others = await ofOtherPeople(tx, rows);
    return { taken, news: others.length === 0 ? stored : stored + (await insertNew(tx, jurisdictionId, others)) };
  });
}

/** Those of some rows whose key is taken by somebody else's message, with the key that they have beside it. */
async function ofOtherPeople(tx: Transaction, rows: readonly Row[]): Promise<Row[]> {
  const taken = await tx
    .select({ accountId: inbox.accountId, peer: inbox.peer, dedupeKey: inbox.dedupeKey })
    .from(inbox)
    .where(inArray(inbox.dedupeKey, [...new Set(rows.map((row) => row.dedupeKey))]));
  return rows.flatMap((row) => {
    const first = taken.find((one) => one.accountId === row.accountId && one.dedupeKey === row.dedupeKey);
    if (first === undefined || first.peer === row.peer) return [];
    return [{ ...row, dedupeKey: besideOthers(row.dedupeKey, row.peer) }];
  });
}

async function insertNew(tx: Transaction, jurisdictionId: string, rows: readonly Row[]): Promise<number> {
  const column = <T>(pick: (row: Row) => T) => sql.param(rows.map(pick));
  const inserted = await tx.execute(sql`
      insert into ${inbox} (jurisdiction_id, account_id, peer, dedupe_key, kind, payload, urgent, received_at, trace, outcome, processed_at)
      select ${jurisdictionId}::uuid, account_id, peer, dedupe_key, kind, decode(payload, 'base64'), urgent::boolean,
        received_at::timestamptz, trace, outcome, case when outcome is not null then received_at::timestamptz end
      from unnest(
        ${column((row) => row.accountId)}::uuid[], ${column((row) => row.peer)}::text[],
        ${column((row) => row.dedupeKey)}::text[], ${column((row) => row.kind)}::text[],
        ${column((row) => Buffer.from(row.payload).toString("base64"))}::text[], ${column((row) => String(row.urgent))}::text[],
        ${column((row) => row.receivedAt.toISOString())}::text[], ${column((row) => row.trace)}::text[],
        ${column((row) => row.outcome)}::text[]
      ) with ordinality as given (account_id, peer, dedupe_key, kind, payload, urgent, received_at, trace, outcome, position)
      order by position
      on conflict do nothing`);
  return inserted.count;
}
