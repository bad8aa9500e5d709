import type { Logger } from "pino";
import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../access/caller.ts";
import type { ErrandKind } from "../errands/kind.ts";
import { changedSince, hearable } from "./changed-cases.ts";
import { type CountyChanges, createCountyChanges } from "./county-changes.ts";
import { type Hint, hintFor, TOPICS, type Topic } from "./hints.ts";

/** A listener: somebody who hears of changes while their page is open. */
export type Listener = {
  readonly caller: Caller;
  readonly topics: ReadonlySet<Topic>;
  /** @param position stands in the ledger: whoever comes back with it hears what they missed */
  readonly hear: (hints: readonly Hint[], position: number) => void;
  /** Told when nothing can be heard any more: the process stops, the database is away, or the same person listens too often. */
  readonly end: () => void;
};

/** The hearing of one listener. */
export type Hearing = {
  readonly position: number;
  /** What was missed since an earlier position; null where that is too much to tell one by one. */
  readonly missed: readonly Hint[] | null;
  stop(): void;
};

/** The changes of all counties, told to whoever listens. */
export type Live = {
  /** @param since the position that was heard last; null for a page that has just been opened */
  listen(listener: Listener, since: number | null): Promise<Hearing>;
  /** How many listen. */
  listeners(): number;
  /** Ends every hearing; nobody can listen any more. */
  close(): Promise<void>;
};

type Services = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly log: Logger;
  readonly kinds: readonly ErrandKind[];
};

type County = {
  readonly changes: CountyChanges;
  readonly listeners: Set<Listener>;
  /** Resolves when the reader knows where the ledgers end. */
  readonly begun: Promise<void>;
  stop(): void;
};

const PAUSE_MS = 1000;
/** So often in a row the database may not answer before listeners are told that this is not live. */
const MOST_FAILURES = 3;
/** Pages of one person that listen at once; one more ends the oldest. */
const MOST_OF_ONE = 20;
/** So many missed changes are told one by one. */
const MOST_MISSED = 500;

/**
 * Tells whoever listens what changes in their county: one reader a county looks at the ledgers each second, while somebody listens.
 *
 * No `NOTIFY`: it takes a lock at every commit, and most commits are residents' messages.
 */
export function createLive(services: Services): Live {
  const { database, kinds } = services;
  const counties = new Map<string, County>();
  let isClosed = false;
  const leave = (jurisdictionId: string, county: County, listener: Listener): void => {
    county.listeners.delete(listener);
    if (county.listeners.size > 0) return;
    county.stop();
    if (counties.get(jurisdictionId) === county) counties.delete(jurisdictionId);
  };
  const countyOf = (jurisdictionId: string): County => {
    const known = counties.get(jurisdictionId);
    if (known !== undefined) return known;
    const county = readCounty(services, jurisdictionId);
    counties.set(jurisdictionId, county);
    return county;
  };
  return {
    async listen(listener, since) {
      if (isClosed) throw new Error("The process stops.");
      const { jurisdictionId, id } = listener.caller;
      const county = countyOf(jurisdictionId);
      const own = [...county.listeners].filter(({ caller }) => caller.id === id);
      if (own.length >= MOST_OF_ONE) own[0]?.end();
      county.listeners.add(listener);
      try {
        await county.begun;
        const position = county.changes.position();
        const missed = since === null ? [] : await missedBy(database, listener, since, kinds);
        return { position, missed, stop: () => leave(jurisdictionId, county, listener) };
      } catch (error) {
        leave(jurisdictionId, county, listener);
        throw error;
      }
    },
    listeners: () => [...counties.values()].reduce((sum, { listeners }) => sum + listeners.size, 0),
    async close() {
      isClosed = true;
      for (const county of counties.values()) {
        county.stop();
        for (const listener of [...county.listeners]) listener.end();
      }
      counties.clear();
    },
  };
}

function readCounty({ database, vault, now, log, kinds }: Services, jurisdictionId: string): County {
  const listeners = new Set<Listener>();
  const changes = createCountyChanges({ vault, now, nowMs: () => performance.now() });
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let failures = 0;
  const look = async (topics: ReadonlySet<Topic>): Promise<void> => {
    const found = await database.inCounty(jurisdictionId, (tx) => changes.next(tx, topics));
    failures = 0;
    if (found.length === 0) return;
    for (const listener of [...listeners]) {
      const hints = found.flatMap((change) =>
        listener.topics.has(change.topic) ? (hintFor(listener.caller, change, kinds) ?? []) : [],
      );
      if (hints.length > 0) listener.hear(hints, changes.position());
    }
  };
  const heard = () => new Set([...listeners].flatMap((one) => [...one.topics]));
  const again = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void look(heard()).catch(fail).then(again), PAUSE_MS);
  };
  const fail = (error: unknown): void => {
    failures += 1;
    log.warn({ err: error, failures }, "changes could not be read for those who listen");
    if (failures < MOST_FAILURES) return;
    for (const listener of [...listeners]) listener.end();
  };
  // Of everything, whoever listens: what happens from here on is news, also to the first who listens to that.
  const begun = look(new Set(TOPICS));
  begun.then(again, () => undefined);
  return {
    changes,
    listeners,
    begun,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

async function missedBy(
  database: Database,
  { caller, topics }: Listener,
  since: number,
  kinds: readonly ErrandKind[],
): Promise<readonly Hint[] | null> {
  if (!topics.has("cases")) return [];
  const found = await database.inCounty(caller.jurisdictionId, async (tx) => {
    const ids = await changedSince(tx, since, MOST_MISSED);
    return ids === null ? null : hearable(tx, ids);
  });
  return found?.flatMap((of) => hintFor(caller, { topic: "cases", of }, kinds) ?? []) ?? null;
}
