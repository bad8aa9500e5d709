import { AsyncLocalStorage } from "node:async_hooks";
import type { Database, Transaction } from "../../../db/database.ts";

/** The surroundings of a call to better-auth, which knows nothing of counties. */
type Scope = {
  readonly jurisdictionId: string;
  /** The transaction in which the call happens; each of its queries has one of its own where this is left out. */
  readonly tx?: Transaction;
  /** Whether the call is about a second factor that was begun and is not proved, though another one may be in use. */
  readonly isEnrolling?: boolean;
};

const scopes = new AsyncLocalStorage<Scope>();

/** Does something for a county: whatever better-auth asks the database meanwhile, it asks there. */
export function inScope<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** The surroundings of the running call. @throws Error outside of `inScope` */
export function scopeNow(): Scope {
  const scope = scopes.getStore();
  if (scope === undefined) throw new Error("Sign-in was asked outside of a county.");
  return scope;
}

/** Runs queries in the transaction of the running call, or in one of their own. */
export function inScopesCounty<T>(
  database: Database,
  work: (tx: Transaction, county: string) => Promise<T>,
): Promise<T> {
  const { jurisdictionId, tx } = scopeNow();
  return tx === undefined
    ? database.inCounty(jurisdictionId, (own) => work(own, jurisdictionId))
    : work(tx, jurisdictionId);
}
