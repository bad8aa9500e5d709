import { DurableObject, type DurableObjectState } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import {
  type DoorState,
  type HandedRequest,
  type RefusedRequest,
  SIGNATURE_HEADER,
  signatureOf,
} from "../edge-protocol.ts";
import type { Settings } from "./environment.ts";

/** The outcome of a request at the door: it waits; it waits, and the person should hear that it does; its signature had served for another. */
export type Accepted = "waiting" | "late" | "spent";

/** The surroundings of a request at the door. */
export type Arrival = {
  readonly loose: SignatureAtDoor | null;
  /** Who is to hear that it takes longer; null where nobody can. */
  readonly person: string | null;
  /** Whether the service was tried for it in vain. */
  readonly isAway: boolean;
};

/** The part of a loose signature that is kept; see decision 0018. `until` is null where no age is too old. */
export type SignatureAtDoor = { readonly signature: string; readonly servesFor: string; readonly until: number | null };

type Waiting = { seq: number; handed: string };
type Refused = Waiting & { id: string; reason: string; at: number };
type Answer = { readonly kind: "taken" } | { readonly kind: "refused" | "away"; readonly reason: string };

const REQUESTS_AT_ONCE = 50;
/** What stands before a service may refuse a body of more than a megabyte, and a letter has up to three bytes. */
const LETTERS_AT_ONCE = 300_000;
/** An alarm may make only so many calls. */
const BATCHES_AT_ONCE = 40;
const ANSWER_LIMIT_MS = 20_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
/** A person hears once in so long that it takes longer. */
const NOTICE_MS = 3_600_000;
const KEPT_MS = 14 * 86_400_000;

/** These say something of the way or of the keys, and nothing of a request: what waits goes on waiting. */
const ABOUT_THE_WAY = new Set([401, 404, 405, 407, 408, 429]);

const TABLES = `
  create table if not exists waiting (seq integer primary key autoincrement, id text not null unique, at integer not null, handed text not null);
  create table if not exists refused (seq integer primary key, id text not null unique, handed text not null, reason text not null, at integer not null);
  create table if not exists spent (signature text primary key, serves_for text not null, until integer);
  create table if not exists noticed (person text primary key, at integer not null);
  create table if not exists door (one integer primary key check (one = 1), name text not null)`;

/**
 * The line of one account: what its platform sent waits here, in order, until the service has committed it.
 *
 * Only the first batch is ever under way, so that nothing overtakes. What the service refuses is set apart, alone, and stays for 14 days.
 */
export class Door extends DurableObject<Settings> {
  #failures = 0;
  #failure: string | null = null;
  #underWay: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Settings) {
    super(ctx, env);
    ctx.storage.sql.exec(TABLES);
  }

  /** Puts a request into the line; it is stored when this resolves. */
  async accept(name: string, handed: HandedRequest, { loose, person, isAway }: Arrival): Promise<Accepted> {
    const { sql } = this.ctx.storage;
    const isTaken = this.ctx.storage.transactionSync(() => {
      if (loose !== null && !this.#spend(loose)) return false;
      sql.exec("insert into door (one, name) values (1, ?) on conflict do nothing", name);
      const at = Date.parse(handed.at);
      sql.exec(
        "insert into waiting (id, at, handed) values (?, ?, ?) on conflict do nothing",
        handed.id,
        at,
        JSON.stringify(handed),
      );
      return true;
    });
    if (!isTaken) return "spent";
    await this.#wake();
    const isLate = isAway || this.#failures > 0;
    return isLate && person !== null && this.#isFirstNotice(person) ? "late" : "waiting";
  }

  /** Whether a request may go to the service directly: it overtakes nobody, and its signature had not served for another. */
  async letPast(loose: SignatureAtDoor | null): Promise<boolean> {
    return this.#count("waiting") === 0 && (loose === null || this.#spend(loose));
  }

  /** What waits and what was refused. */
  async state(): Promise<Omit<DoorState, "channel" | "account">> {
    this.#forget();
    const [oldest] = this.ctx.storage.sql.exec<{ at: number | null }>("select min(at) as at from waiting").toArray();
    const waiting = this.#count("waiting");
    if (waiting > 0) await this.#wake();
    const since = oldest?.at ?? null;
    return {
      waiting,
      since: since === null ? null : new Date(since).toISOString(),
      oldestSeconds: since === null ? 0 : Math.max(0, (Date.now() - since) / 1000),
      refused: this.#count("refused"),
      failure: waiting === 0 ? null : this.#failure,
    };
  }

  /** What was refused, oldest first. */
  async refused(): Promise<Omit<RefusedRequest, "channel" | "account">[]> {
    return this.#refused().map(({ id, handed, reason, at }) => ({
      ...{ id, reason, bytes: handed.length, refusedAt: new Date(at).toISOString() },
      receivedAt: (JSON.parse(handed) as HandedRequest).at,
    }));
  }

  /**
   * Puts what was refused back into the line, at the place that it had.
   * @param ids which; all when left out
   * @returns how many
   */
  async retry(ids?: readonly string[]): Promise<number> {
    const { sql } = this.ctx.storage;
    const again = this.#refused().filter(({ id }) => ids === undefined || ids.includes(id));
    this.ctx.storage.transactionSync(() => {
      for (const { seq, id, handed } of again) {
        const at = Date.parse((JSON.parse(handed) as HandedRequest).at);
        sql.exec(
          "insert into waiting (seq, id, at, handed) values (?, ?, ?, ?) on conflict do nothing",
          seq,
          id,
          at,
          handed,
        );
        sql.exec("delete from refused where seq = ?", seq);
      }
    });
    if (again.length > 0) await this.#wake();
    return again.length;
  }

  /** Hands over what waits; called by the platform when it is time. */
  async alarm(): Promise<void> {
    this.#underWay ??= this.#handOver().finally(() => {
      this.#underWay = null;
    });
    await this.#underWay;
  }

  async #wake(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now());
  }

  async #handOver(): Promise<void> {
    this.#forget();
    let most = REQUESTS_AT_ONCE;
    for (let calls = 0; calls < BATCHES_AT_ONCE; calls++) {
      const batch = this.#oldest(most);
      const [first] = batch;
      if (first === undefined) return;
      const answer = await this.#post(batch);
      if (answer.kind === "away") {
        this.#failures++;
        this.#failure = answer.reason;
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS);
        await this.ctx.storage.setAlarm(Date.now() + pauseMs * Number(this.env.RETRY_SCALE ?? 1));
        return;
      }
      this.#failures = 0;
      this.#failure = null;
      if (answer.kind === "taken") {
        this.#delete(batch);
        most = Math.min(batch.length * 2, REQUESTS_AT_ONCE);
      } else if (batch.length > 1) most = Math.ceil(batch.length / 2);
      else this.#setApart(first, answer.reason);
    }
    await this.ctx.storage.setAlarm(Date.now());
  }

  async #post(batch: readonly Waiting[]): Promise<Answer> {
    const name = this.#name();
    const { ORIGIN, EDGE_SECRET } = this.env;
    if (!EDGE_SECRET) return { kind: "away", reason: "the edge has no EDGE_SECRET" };
    const body = `{"account":${JSON.stringify(name)},"requests":[${batch.map(({ handed }) => handed).join(",")}]}`;
    try {
      const response = await fetch(`${ORIGIN.replace(/\/+$/, "")}/edge/inbox/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signatureOf(EDGE_SECRET, body, new Date()) },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      const said = (await response.text()).slice(0, 200);
      if (response.ok) return { kind: "taken" };
      const { status } = response;
      const isRefusal = status >= 400 && status < 500 && !ABOUT_THE_WAY.has(status);
      return { kind: isRefusal ? "refused" : "away", reason: `${status} ${said}`.trim() };
    } catch (error) {
      return {
        kind: "away",
        reason: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown",
      };
    }
  }

  #name(): string {
    return this.ctx.storage.sql.exec<{ name: string }>("select name from door").toArray()[0]?.name ?? "";
  }

  /** The oldest that wait, as many as go together. */
  #oldest(most: number): Waiting[] {
    const rows = this.ctx.storage.sql
      .exec<Waiting>("select seq, handed from waiting order by seq limit ?", most)
      .toArray();
    let letters = 0;
    const tooMany = rows.findIndex(({ handed }) => {
      letters += handed.length;
      return letters > LETTERS_AT_ONCE;
    });
    return tooMany === -1 ? rows : rows.slice(0, Math.max(tooMany, 1));
  }

  #delete(batch: readonly Waiting[]): void {
    for (const { seq } of batch) this.ctx.storage.sql.exec("delete from waiting where seq = ?", seq);
  }

  #setApart({ seq }: Waiting, reason: string): void {
    const { sql } = this.ctx.storage;
    this.ctx.storage.transactionSync(() => {
      sql.exec(
        "insert or replace into refused (seq, id, handed, reason, at) select seq, id, handed, ?, ? from waiting where seq = ?",
        ...[reason, Date.now(), seq],
      );
      sql.exec("delete from waiting where seq = ?", seq);
    });
  }

  #refused(): Refused[] {
    return this.ctx.storage.sql.exec<Refused>("select seq, id, handed, reason, at from refused order by seq").toArray();
  }

  #count(table: "waiting" | "refused"): number {
    return this.ctx.storage.sql.exec<{ n: number }>(`select count(*) as n from ${table}`).toArray()[0]?.n ?? 0;
  }

  /** Notes that a person hears now that it takes longer. @returns false where they did within the hour */
  #isFirstNotice(person: string): boolean {
    const { sql } = this.ctx.storage;
    sql.exec("delete from noticed where at < ?", Date.now() - NOTICE_MS);
    const written = sql.exec(
      "insert into noticed (person, at) values (?, ?) on conflict do nothing returning person",
      ...[this.#keyed(person), Date.now()],
    );
    return written.toArray().length > 0;
  }

  /** A digest from which nobody without the secret guesses what it is of. */
  #keyed(text: string): string {
    return createHmac("sha256", this.env.EDGE_SECRET ?? "")
      .update(text)
      .digest("hex");
  }

  /** Notes for which request a signature serves. @returns whether it serves for this one */
  #spend({ signature, servesFor, until }: SignatureAtDoor): boolean {
    const { sql } = this.ctx.storage;
    const served = this.#keyed(servesFor);
    sql.exec(
      "insert into spent (signature, serves_for, until) values (?, ?, ?) on conflict do nothing",
      signature,
      served,
      until,
    );
    const [row] = sql
      .exec<{ serves_for: string }>("select serves_for from spent where signature = ?", signature)
      .toArray();
    return row?.serves_for === served;
  }

  /** Forgets signatures that are too old in every reading, and what was refused two weeks ago. */
  #forget(): void {
    const { sql } = this.ctx.storage;
    sql.exec("delete from spent where until < ?", Date.now());
    sql.exec("delete from refused where at < ?", Date.now() - KEPT_MS);
  }
}
